package org.osler.report.tables;

import java.util.Locale;
import java.util.Optional;
import org.osler.report.tables.ResultTable.Cell;
import org.osler.report.tables.ResultTable.Metric;
import org.osler.study.Statistic;

/** Numbers as the paper prints them: percent with two decimals. */
final class Figures {

    private Figures() {}

    /** {@code 87.39 ± 0.60} with the given sign between; a single seed has no spread. Empty where there is none. */
    static Optional<String> ours(Cell cell, Metric metric, String plusMinus) {
        return cell.ours().map(metric::of).map(number -> text(number, plusMinus));
    }

    /** The published value likewise. */
    static Optional<String> published(Cell cell, Metric metric, String plusMinus) {
        return cell.published()
                .map(published -> percent(metric.mean(published)) + plusMinus + percent(metric.std(published)));
    }

    /** {@code 87.39}. */
    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    private static String text(Statistic number, String plusMinus) {
        if (Double.isNaN(number.mean())) {
            return "not defined";
        }
        return number.n() > 1 ? percent(number.mean()) + plusMinus + percent(number.std()) : percent(number.mean());
    }
}

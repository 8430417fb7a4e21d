package org.osler.report;

import java.util.Locale;
import org.osler.report.ReportModel.Range;
import org.osler.study.Statistic;

/** Fractions as the paper prints them: percent with two decimals, without the sign. */
final class Percent {

    static final String UNDEFINED = "not defined";

    private Percent() {}

    /** {@code 87.39}, or {@value #UNDEFINED}. */
    static String of(double fraction) {
        return Double.isNaN(fraction) ? UNDEFINED : String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    /** {@code 87.39 ± 0.60}; a single seed has no spread and is given alone. */
    static String of(Statistic spread) {
        return spread.n() > 1 ? of(spread.mean(), spread.std()) : of(spread.mean());
    }

    /** {@code 87.39 ± 0.60}. */
    static String of(double mean, double std) {
        return Double.isNaN(mean) ? UNDEFINED : of(mean) + " ± " + of(std);
    }

    /** {@code 80.52 to 94.30}. */
    static String of(Range range) {
        return of(range.low()) + " to " + of(range.high());
    }

    /** A difference in percentage points with its sign, e.g. {@code +1.20} or {@code −0.35}. */
    static String difference(double ours, double theirs) {
        double difference = ours - theirs;
        if (Double.isNaN(difference)) {
            return UNDEFINED;
        }
        return String.format(Locale.ROOT, "%+.2f", 100 * difference).replace('-', '−');
    }
}

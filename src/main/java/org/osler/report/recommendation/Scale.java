package org.osler.report.recommendation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osler.metric.Interval;
import org.osler.recommend.Standing;

/**
 * The scale of a plot of AUCs: whole steps of 1, 2 or 5 times a power of ten, in percent.
 *
 * @param low lower end, percent
 * @param high upper end, percent
 * @param step between ticks, percent
 */
record Scale(double low, double high, double step) {

    private static final int MOST_STEPS = 6;
    private static final double[] STEPS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50};

    /** Covers all intervals, and the AUCs themselves. */
    static Scale of(List<Standing> standings) {
        double low = 100;
        double high = 0;
        for (Standing each : standings) {
            Interval interval = each.aucInterval();
            low = least(low, each.auc(), interval.low());
            high = -least(-high, -each.auc(), -interval.high());
        }
        if (low > high) {
            return new Scale(0, 100, 20); // no AUC is defined
        }
        for (double step : STEPS) {
            double from = Math.floor(low / step) * step;
            double to = Math.min(100, Math.ceil(high / step) * step);
            if ((to - from) / step <= MOST_STEPS && to > from) {
                return new Scale(from, to, step);
            }
        }
        return new Scale(0, 100, 20);
    }

    private static double least(double soFar, double auc, double end) {
        double least = soFar;
        for (double value : new double[] {auc, end}) {
            if (!Double.isNaN(value)) {
                least = Math.min(least, 100 * value);
            }
        }
        return least;
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; low + i * step <= high + step / 2; i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    String format() {
        return step < 1 ? "%.1f" : "%.0f";
    }

    /** Where a fraction stands, in hundredths of the width. */
    String at(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * (100 * fraction - low) / (high - low));
    }
}

package org.osler.report.review;

import java.util.Locale;
import org.osler.metric.Interval;

/** Numbers as the page prints them. */
final class Shown {

    static final String NONE = "–";

    private Shown() {}

    /** A fraction in percent, e.g. {@code 87.39}. */
    static String percent(double fraction, int digits) {
        if (Double.isNaN(fraction)) {
            return NONE;
        }
        String text = String.format(Locale.ROOT, "%." + digits + "f", 100 * fraction);
        return text.matches("-0\\.0*") ? text.substring(1) : text.replace('-', '−');
    }

    /** {@code 80.52 to 94.30}; empty if there is none. */
    static String interval(Interval interval, int digits) {
        return Double.isNaN(interval.low())
                ? ""
                : percent(interval.low(), digits) + " to " + percent(interval.high(), digits);
    }

    /** A difference in percentage points with its sign. */
    static String difference(double difference) {
        return Double.isNaN(difference)
                ? ""
                : String.format(Locale.ROOT, "%+.2f", 100 * difference).replace('-', '−');
    }

    /** {@code p = 0.012}, {@code p < 0.001}; {@code p = 1} is never written as more. */
    static String p(double p) {
        return p < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, p < 0.1 ? "p = %.3f" : "p = %.2f", p);
    }

    /** A whole number with its thousands apart. */
    static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

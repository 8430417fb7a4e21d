package org.osler;

import java.util.Locale;

/** Estimates as people say them: no more digits than they are worth. */
public final class Amounts {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;
    private static final double MB = 1e6;
    private static final double GB = 1e9;

    private Amounts() {}

    /** {@code 0.4 s}, {@code 34 s}, {@code 12 min}, {@code 5.3 h}, {@code 21 days}. */
    public static String time(double seconds) {
        if (seconds < 10) {
            return round("%.1f s", seconds);
        }
        if (seconds < 2 * MINUTE) {
            return round("%.0f s", seconds);
        }
        if (seconds < 2 * HOUR) {
            return round("%.0f min", seconds / MINUTE);
        }
        if (seconds < 2 * DAY) {
            return round("%.1f h", seconds / HOUR);
        }
        return round("%,.0f days", seconds / DAY);
    }

    /** {@code 0.4 MB}, {@code 52 MB}, {@code 1.3 GB}, {@code 120 GB}. */
    public static String bytes(long count) {
        if (count < 10 * MB) {
            return round("%.1f MB", count / MB);
        }
        if (count < GB) {
            return round("%.0f MB", count / MB);
        }
        return round(count < 10 * GB ? "%.1f GB" : "%,.0f GB", count / GB);
    }

    private static String round(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

package org.osler.metric.compare;

import java.util.Arrays;

/**
 * The difference of a metric between two scorers over the same resamples of test cases (Efron and Tibshirani 1993,
 * chapters 13 and 16): what varies in both alike cancels.
 *
 * @param low lower end of the percentile interval of the difference
 * @param high upper end
 * @param p two-sided: twice the share of resamples on the rarer side of zero, those at zero counting on both, and the
 *     sample itself counted as one resample: {@code 2 (1 + count) / (1 + resamples)}, at most 1
 */
public record PairedBootstrap(double low, double high, double p) {

    /**
     * Compares two scorers.
     *
     * @param first {@code [B]}: the metric on each resample
     * @param second {@code [B]}: that of the other scorer, on the same resamples in the same order
     * @param level confidence level, above 0, below 1
     * @throws IllegalArgumentException if they differ in length or are empty, or the level is out of range
     */
    public static PairedBootstrap of(double[] first, double[] second, double level) {
        if (first.length != second.length || first.length == 0) {
            throw new IllegalArgumentException(
                    first.length + " resamples cannot be compared with " + second.length + " others");
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, not " + level);
        }
        double[] differences = new double[first.length];
        int below = 0;
        int above = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first[i] - second[i];
            below += differences[i] <= 0 ? 1 : 0;
            above += differences[i] >= 0 ? 1 : 0;
        }
        Arrays.sort(differences);
        double p = Math.min(1, 2.0 * (1 + Math.min(below, above)) / (1 + differences.length));
        return new PairedBootstrap(quantile(differences, (1 - level) / 2), quantile(differences, (1 + level) / 2), p);
    }

    /** Interpolated linearly between order statistics. */
    private static double quantile(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}

package org.osler.metric;

import java.util.Arrays;

/**
 * Percentile bootstrap confidence intervals over test cases (Efron and Tibshirani 1993, chapter 13).
 *
 * <p>A resample is N cases drawn with replacement. One that lacks a class which the metric averages over in the whole
 * sample is drawn again: there the metric is undefined or would be the mean of fewer classes, another quantity. The
 * interval is thus conditional on every such class being there, as it is in the sample. Accuracy, calibration error and
 * Brier score are defined on every resample.
 */
public final class Bootstrap {

    private Bootstrap() {}

    /**
     * The interval between the (1 − level)/2 and (1 + level)/2 quantiles of the metric over resamples, interpolated
     * linearly between order statistics.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @param resamples how many resamples, at least 1; 1000 is usual
     * @param level confidence level, e.g. 0.95; above 0, below 1
     * @param seed decides the resamples: with the same seed and labels, all scorers are judged on the same ones
     * @return the interval; NaN ends if the metric is undefined, or classes so rare that more than 100 draws were needed
     *     for each resample
     * @throws IllegalArgumentException if a value is out of range, or labels and scores do not fit the task or each other
     */
    public static Interval interval(
            Task task, int[][] labels, double[][] scores, Metric metric, int resamples, double level, long seed) {
        return interval(task, labels, scores, metric, Units.alone(labels.length), resamples, level, seed);
    }

    /** The same where cases hang together: whole units are drawn, as many as there are. */
    public static Interval interval(
            Task task,
            int[][] labels,
            double[][] scores,
            Metric metric,
            Units units,
            int resamples,
            double level,
            long seed) {
        var resampling = new Resampling(units, resamples, seed);
        return interval(resampling.values(task, labels, scores, metric), level);
    }

    /**
     * The interval between the (1 − level)/2 and (1 + level)/2 quantiles of values that {@link Resampling#values} gave.
     *
     * @param level confidence level, e.g. 0.95; above 0, below 1
     * @return the interval; NaN ends if the values are NaN
     * @throws IllegalArgumentException if the level is out of range
     */
    public static Interval interval(double[] values, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, not " + level);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
    }

    private static double quantile(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}

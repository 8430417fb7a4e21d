package org.osler.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.osler.SeededRandom;

/**
 * Percentile bootstrap confidence intervals over test cases (Efron and Tibshirani 1993, chapter 13).
 *
 * <p>A resample is N cases drawn with replacement. One that lacks a class which the metric averages over in the whole
 * sample is drawn again: there the metric is undefined or would be the mean of fewer classes, another quantity. The
 * interval is thus conditional on every such class being there, as it is in the sample. Accuracy, calibration error and
 * Brier score are defined on every resample.
 */
public final class Bootstrap {

    /** With more draws than this for each resample wanted, classes are too rare for an interval to mean anything. */
    private static final int DRAWS_PER_RESAMPLE = 100;

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
        return interval(values(task, labels, scores, metric, resamples, seed), level);
    }

    /**
     * The interval between the (1 − level)/2 and (1 + level)/2 quantiles of values that {@link #values} gave.
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

    /**
     * The metric on each resample, in the order in which they were drawn.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @param resamples how many resamples, at least 1; 1000 is usual
     * @param seed decides the resamples: with the same seed and labels, all scorers are judged on the same ones
     * @return {@code [resamples]}; all NaN if the metric is undefined, or classes so rare that more than 100 draws were
     *     needed for each resample
     * @throws IllegalArgumentException if a value is out of range, or labels and scores do not fit the task or each other
     */
    public static double[] values(
            Task task, int[][] labels, double[][] scores, Metric metric, int resamples, long seed) {
        int[] alone = IntStream.range(0, labels.length).toArray();
        return values(task, labels, scores, alone, metric, resamples, seed);
    }

    /**
     * The same where cases hang together (images of one patient): whole groups are drawn with replacement, as many as there
     * are (Davison and Hinkley 1997, section 3.8). With each case a group of its own these are the other method's values.
     *
     * @param groups {@code [N]} the group of each case, 0 … G−1, each of which has a case
     */
    public static double[] values(
            Task task, int[][] labels, double[][] scores, int[] groups, Metric metric, int resamples, long seed) {
        if (resamples < 1) {
            throw new IllegalArgumentException("resamples must be at least 1, not " + resamples);
        }
        Sample sample = new Sample(task, labels, scores);
        WeightedMetric ready = metric.on(sample);
        if (Double.isNaN(ready.of(sample.once()))) {
            double[] undefined = new double[resamples];
            Arrays.fill(undefined, Double.NaN);
            return undefined;
        }
        if (groups.length != sample.cases()) {
            throw new IllegalArgumentException(groups.length + " groups of " + sample.cases() + " cases");
        }
        return draw(ready, groups, resamples, SeededRandom.of(seed, "bootstrap"));
    }

    /** The metric on as many resamples; all NaN if too many had to be drawn again. */
    private static double[] draw(WeightedMetric metric, int[] groups, int resamples, SeededRandom random) {
        double[] values = new double[resamples];
        int[] drawn = new int[Arrays.stream(groups).max().orElseThrow() + 1];
        int[] weights = new int[groups.length];
        int done = 0;
        for (long draws = 0; done < resamples; draws++) {
            if (draws >= (long) DRAWS_PER_RESAMPLE * resamples) {
                Arrays.fill(values, Double.NaN);
                return values;
            }
            Arrays.fill(drawn, 0);
            for (int i = 0; i < drawn.length; i++) {
                drawn[random.below(drawn.length)]++;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = drawn[groups[i]];
            }
            double value = metric.of(weights);
            if (!Double.isNaN(value)) {
                values[done++] = value;
            }
        }
        return values;
    }

    private static double quantile(double[] sorted, double q) {
        double place = q * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}

package org.osler.model;

import org.osler.metric.Bootstrap;
import org.osler.metric.Evaluation;
import org.osler.metric.Interval;
import org.osler.metric.Metric;
import org.osler.metric.Task;
import org.osler.metric.Units;

/**
 * A metric with its 95 % bootstrap interval, whole units of cases that hang together being drawn; NaN where there is none.
 *
 * @param value the metric
 * @param low lower end
 * @param high upper end
 */
public record Measured(double value, double low, double high) {

    static final double LEVEL = 0.95;
    static final int RESAMPLES = 1000;
    private static final long SEED = 0;

    static Measured of(
            Task task, int[][] labels, double[][] scores, Units units, Metric metric, Evaluation evaluation) {
        return of(task, labels, scores, units, metric, evaluation.value(metric));
    }

    private static Measured of(Task task, int[][] labels, double[][] scores, Units units, Metric metric, double value) {
        Interval interval = Bootstrap.interval(task, labels, scores, metric, units, RESAMPLES, LEVEL, SEED);
        return new Measured(value, interval.low(), interval.high());
    }

    /** The share of cases that are answered rightly; NaN if there are none. */
    static Measured share(Units units, boolean... right) {
        if (right.length == 0) {
            return new Measured(Double.NaN, Double.NaN, Double.NaN);
        }
        int[][] labels = new int[right.length][1];
        double[][] scores = new double[right.length][];
        double hits = 0;
        for (int i = 0; i < right.length; i++) {
            labels[i][0] = 1;
            scores[i] = right[i] ? new double[] {0, 1} : new double[] {1, 0};
            hits += right[i] ? 1 : 0;
        }
        return of(Task.BINARY, labels, scores, units, Metric.ACCURACY, hits / right.length);
    }

    /** The AUC of one class against the rest, whose value is known. */
    static Measured auc(boolean[] positive, double[] score, Units units, double value) {
        int[][] labels = new int[score.length][1];
        double[][] scores = new double[score.length][];
        for (int i = 0; i < score.length; i++) {
            labels[i][0] = positive[i] ? 1 : 0;
            scores[i] = new double[] {1 - score[i], score[i]};
        }
        return of(Task.BINARY, labels, scores, units, Metric.AUC, value);
    }
}

package org.osler.metric;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Accuracy that some cases would have if their classes were as frequent as elsewhere: the mean sensitivity over classes,
 * weighted by how frequent each is there (direct standardisation). Two sets of cases of other classes can so be compared.
 */
public final class StandardisedAccuracy {

    private StandardisedAccuracy() {}

    /**
     * Standardises.
     *
     * @param labels {@code [N][L]} of the cases
     * @param runs of each run {@code [N][C]} scores; at least one
     * @param units which of the cases hang together
     * @param elsewhere {@code [M][L]}: labels of the set whose mix of classes counts
     * @param resamples for the interval
     * @param seed decides the resamples
     * @return NaN where the task is multi-label, or the cases lack a class that occurs elsewhere
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other
     */
    public static Subgroup.Estimate of(
            Task task,
            int[][] labels,
            List<double[][]> runs,
            Units units,
            int[][] elsewhere,
            int resamples,
            long seed) {
        Cases cases = Cases.of(
                task, labels, units, runs, IntStream.range(0, labels.length).toArray());
        if (task == Task.MULTI_LABEL || cases.count() == 0) {
            return Subgroup.Estimate.NONE;
        }
        double[] shares = new double[cases.classes()];
        for (int[] row : elsewhere) {
            shares[row[0]] += 1.0 / elsewhere.length;
        }
        List<WeightedMetric> metrics =
                cases.runs().stream().map(run -> on(run, shares)).toList();
        return Double.isNaN(cases.mean(metrics)) ? Subgroup.Estimate.NONE : cases.estimate(metrics, resamples, seed);
    }

    private static WeightedMetric on(Sample sample, double... shares) {
        return weights -> {
            double[] sums = new double[weights.count()];
            for (int c = 0; c < shares.length; c++) {
                if (shares[c] > 0) {
                    add(sums, sample, weights, c, shares[c]);
                }
            }
            return sums;
        };
    }

    /** Adds a class's share of sensitivity; NaN where a resample has no case of it, as 0/0 is. */
    private static void add(double[] sums, Sample sample, Weights weights, int c, double share) {
        var hits = weights.new Sum();
        var cases = weights.new Sum();
        for (int i = 0; i < sample.cases(); i++) {
            if (sample.truth(i, 0) == c) {
                cases.add(i);
                if (sample.right(i, 0)) {
                    hits.add(i);
                }
            }
        }
        int[] right = hits.values();
        int[] all = cases.values();
        for (int r = 0; r < sums.length; r++) {
            sums[r] += share * (right[r] / (double) all[r]);
        }
    }
}

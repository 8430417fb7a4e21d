package org.osler.metric.compare;

import java.util.Arrays;

/** Ranks with ties: equal values share the mean of the ranks that they would have in any order. */
public final class Ranks {

    private Ranks() {}

    /**
     * Ranks from the largest value, which has rank 1, to the smallest, which has rank k.
     *
     * @param values {@code [k]}, none NaN
     * @return {@code [k]}, 1 to k; they sum to k (k + 1) / 2
     * @throws IllegalArgumentException if a value is NaN
     */
    public static double[] descending(double[] values) {
        double[] ranks = ascending(values);
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = values.length + 1 - ranks[i];
        }
        return ranks;
    }

    /**
     * The mean over blocks (rows) of each treatment's rank within the block, from the largest value.
     *
     * @param values {@code [N][k]}: N datasets, k encoders; none NaN
     * @return {@code [k]}, 1 to k
     * @throws IllegalArgumentException if there is no block, blocks differ in length, or a value is NaN
     */
    public static double[] averages(double[][] values) {
        double[] means = new double[treatments(values)];
        for (double[] block : values) {
            double[] ranks = descending(block);
            for (int j = 0; j < means.length; j++) {
                means[j] += ranks[j]; // whole and half numbers, whose sum is exact
            }
        }
        for (int j = 0; j < means.length; j++) {
            means[j] /= values.length;
        }
        return means;
    }

    /** The length of every block. */
    static int treatments(double[][] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no blocks to rank in");
        }
        for (double[] block : values) {
            if (block.length != values[0].length) {
                throw new IllegalArgumentException(
                        "blocks of " + values[0].length + " and of " + block.length + " values");
            }
        }
        return values[0].length;
    }

    /** Ranks from the smallest value, which has rank 1. */
    static double[] ascending(double[] values) {
        double[] sorted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw new IllegalArgumentException("value " + i + " is NaN and has no rank");
            }
            sorted[i] = values[i] + 0.0; // −0 becomes 0: equal values, yet sorting would tell them apart
        }
        Arrays.sort(sorted);
        double[] rankOf = new double[values.length]; // of the sorted values
        for (int start = 0; start < sorted.length; ) {
            int end = start;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            Arrays.fill(rankOf, start, end, (start + 1 + end) / 2.0);
            start = end;
        }
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rankOf[Arrays.binarySearch(sorted, values[i] + 0.0)];
        }
        return ranks;
    }

    /** The sum of t³ − t over groups of t equal ranks: what corrections for ties subtract. */
    static double ties(double[] ranks) {
        double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int start = 0; start < sorted.length; ) {
            int end = start;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            double t = end - start;
            sum += t * t * t - t;
            start = end;
        }
        return sum;
    }
}

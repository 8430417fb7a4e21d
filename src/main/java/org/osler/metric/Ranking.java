package org.osler.metric;

import java.util.Arrays;

/**
 * Cases in ascending order of one score, sorted once and then good for the AUC of any resample.
 *
 * @param order the cases, by ascending score
 * @param positive whether the case at that place of the order has the class
 * @param groupEnds for each distinct score, ascending: one past its last place in the order
 */
record Ranking(int[] order, boolean[] positive, int[] groupEnds) {

    /** Ranks cases by their score for one class. O(N). */
    static Ranking of(Sample sample, int c) {
        int n = sample.cases();
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = Double.doubleToRawLongBits(
                    score(sample, i, c)); // in the order of the scores, which are not negative
        }
        int[] order = RadixSort.sort(keys);
        boolean[] positive = new boolean[n];
        int[] ends = new int[n];
        int groups = 0;
        for (int k = 0; k < n; k++) {
            positive[k] = sample.hasClass(order[k], c);
            groups += k == 0 || keys[k] != keys[k - 1] ? 1 : 0;
            ends[groups - 1] = k + 1;
        }
        return new Ranking(order, positive, Arrays.copyOf(ends, groups));
    }

    private static double score(Sample sample, int i, int c) {
        return sample.scores()[i][c] + 0.0; // −0 becomes 0: equal scores, yet sorting would tell them apart
    }

    /**
     * The share of pairs (one case with the class, one without) where the case with it scores higher; ties count one
     * half (Mann and Whitney 1947). Pairs are counted in whole numbers, so the count is exact.
     *
     * @return one a resample, 0 to 1; NaN where there is no such pair
     */
    double[] aucs(Weights weights) {
        var pairs = new Pairs(weights);
        int from = 0;
        for (int end : groupEnds) {
            if (end - from == 1) { // most scores are no other case's
                pairs.take(order[from], positive[from]);
            } else {
                for (int k = from; k < end; k++) {
                    pairs.tie(order[k], positive[k]);
                }
                pairs.takeTied();
            }
            from = end;
        }
        return pairs.aucs();
    }
}

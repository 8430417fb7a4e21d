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

    /** Ranks cases by their score for one class. O(N log N). */
    static Ranking of(Sample sample, int c) {
        int n = sample.cases();
        double[] sorted = new double[n];
        for (int i = 0; i < n; i++) {
            sorted[i] = score(sample, i, c);
        }
        Arrays.sort(sorted);
        int groups = 0;
        int[] ends = new int[n];
        for (int k = 0; k < n; k++) {
            if (k == 0 || sorted[k] != sorted[k - 1]) {
                sorted[groups++] = sorted[k];
            }
            ends[groups - 1] = k + 1;
        }
        int[] next = new int[groups]; // where the next case of each group goes
        System.arraycopy(ends, 0, next, 1, groups - 1);
        int[] order = new int[n];
        boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            int place = next[Arrays.binarySearch(sorted, 0, groups, score(sample, i, c))]++;
            order[place] = i;
            positive[place] = sample.hasClass(i, c);
        }
        return new Ranking(order, positive, Arrays.copyOf(ends, groups));
    }

    private static double score(Sample sample, int i, int c) {
        return sample.scores()[i][c] + 0.0; // −0 becomes 0: equal scores, yet sorting would tell them apart
    }

    /**
     * The share of pairs (one case with the class, one without) where the case with it scores higher; ties count one
     * half (Mann and Whitney 1947). The count is in whole numbers, so it is exact.
     *
     * @param weights how often each case counts
     * @return 0 to 1; NaN if there is no such pair
     */
    double auc(int[] weights) {
        long twicePairs = 0;
        long with = 0;
        long without = 0;
        int k = 0;
        for (int end : groupEnds) {
            long tiedWith = 0;
            long tiedWithout = 0;
            for (; k < end; k++) {
                int weight = weights[order[k]];
                if (positive[k]) {
                    tiedWith += weight;
                } else {
                    tiedWithout += weight;
                }
            }
            twicePairs += tiedWith * (2 * without + tiedWithout);
            with += tiedWith;
            without += tiedWithout;
        }
        return twicePairs / (2.0 * with * without);
    }
}

package org.osler.metric.compare;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilcoxon's signed-rank test (1945) of paired values, two-sided, as {@code scipy.stats.wilcoxon} does it by default:
 * differences of zero are dropped, equal ones share ranks. The p-value is exact up to 50 pairs without zeros and ties,
 * and up to 13 pairs with them; else it is the normal approximation with the variance corrected for ties and without
 * correction for continuity.
 *
 * @param positive the sum of ranks of the differences in favour of the first
 * @param negative the sum of ranks of those in favour of the second
 * @param p two-sided, 0 to 1; 1 if every difference is zero
 * @param exact whether p is exact
 */
public record WilcoxonSignedRank(double positive, double negative, double p, boolean exact) {

    private static final int EXACT_PAIRS = 50;
    private static final int EXACT_PAIRS_WITH_TIES = 13;

    /**
     * Tests.
     *
     * @param first {@code [N]}, none NaN
     * @param second {@code [N]}, none NaN
     * @throws IllegalArgumentException if they differ in length or a value is NaN
     */
    public static WilcoxonSignedRank of(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " values cannot be paired with " + second.length);
        }
        double[] differences = new double[first.length];
        int n = 0;
        for (int i = 0; i < first.length; i++) {
            double difference = first[i] - second[i];
            if (difference != 0) { // NaN too, which Ranks refuses
                differences[n++] = difference;
            }
        }
        if (n == 0) {
            return new WilcoxonSignedRank(0, 0, 1, true);
        }
        double[] sizes = new double[n];
        for (int i = 0; i < n; i++) {
            sizes[i] = Math.abs(differences[i]);
        }
        double[] ranks = Ranks.ascending(sizes);
        double positive = 0;
        for (int i = 0; i < n; i++) {
            positive += differences[i] > 0 ? ranks[i] : 0;
        }
        double ties = Ranks.ties(ranks);
        boolean plain = ties == 0 && n == first.length;
        boolean exact = first.length <= (plain ? EXACT_PAIRS : EXACT_PAIRS_WITH_TIES);
        double negative = n * (n + 1) / 2.0 - positive;
        double statistic = Math.min(positive, negative);
        double p = exact ? exact(statistic, ranks) : normal(statistic, n, ties);
        return new WilcoxonSignedRank(positive, negative, p, exact);
    }

    /** The smaller of the two rank sums. */
    public double statistic() {
        return Math.min(positive, negative);
    }

    /**
     * The smallest p-value that so many pairs can give: when all differences have one sign, {@code 2^(1−N)}.
     *
     * @param pairs N, at least 1
     */
    public static double smallestP(int pairs) {
        return Math.scalb(1.0, 1 - pairs);
    }

    /**
     * Twice the probability, over all 2^N equally likely signs, of a rank sum this small. The sums' distribution is
     * counted up one rank at a time; ranks are doubled, since shared ones may be halves.
     */
    private static double exact(double statistic, double[] ranks) {
        int n = ranks.length;
        double[] share = new double[n * (n + 1) + 1]; // of the sign patterns, by twice their sum
        share[0] = 1;
        for (double rank : ranks) {
            int doubled = (int) Math.round(2 * rank);
            for (int sum = share.length - 1; sum >= 0; sum--) {
                share[sum] = (share[sum] + (sum >= doubled ? share[sum - doubled] : 0)) / 2;
            }
        }
        double tail = 0;
        for (int sum = 0; sum <= Math.round(2 * statistic); sum++) {
            tail += share[sum];
        }
        return Math.min(1, 2 * tail);
    }

    private static double normal(double statistic, double n, double ties) {
        double mean = n * (n + 1) / 4;
        double variance = (n * (n + 1) * (2 * n + 1) - ties / 2) / 24;
        return 2 * NormalDistribution.of(0, 1).cumulativeProbability((statistic - mean) / Math.sqrt(variance));
    }
}

package org.osler.metric.compare;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * DeLong, DeLong and Clarke-Pearson's test (1988) of AUCs that several scorers reach on the same cases, by Sun and Xu's
 * algorithm (2014, doi:10.1109/LSP.2014.2337313): {@code O(N log N)} a scorer, from ranks among all cases and among those
 * of one class.
 *
 * @param difference the contrast of the AUCs, e.g. the first less the second
 * @param error its standard error over draws of cases
 * @param p two-sided p-value of the difference being zero; NaN if the error is 0 or undefined
 */
public record DeLong(double difference, double error, double p) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * Compares two scorers.
     *
     * @param positive {@code [N]}: whether the case is of the positive class
     * @param first {@code [N]} scores, none NaN
     * @param second {@code [N]} scores, none NaN
     */
    public static DeLong of(boolean[] positive, double[] first, double[] second) {
        return of(positive, new double[][] {first, second}, new double[] {1, -1});
    }

    /**
     * Tests a contrast of several scorers' AUCs, for instance the mean of some less the mean of others:
     * {@code Σ w_r AUC_r}, with variance {@code wᵀ (S₁₀/m + S₀₁/n) w}, where S₁₀ and S₀₁ are the sample covariances
     * (ddof = 1) of the scorers' placements of the m positives and the n negatives.
     *
     * @param positive {@code [N]}: whether the case is of the positive class
     * @param scores {@code [R][N]}, none NaN
     * @param contrast {@code [R]} the weights w
     * @throws IllegalArgumentException if lengths differ or a score is NaN
     */
    public static DeLong of(boolean[] positive, double[][] scores, double[] contrast) {
        if (scores.length != contrast.length) {
            throw new IllegalArgumentException(scores.length + " scorers but " + contrast.length + " weights");
        }
        int m = 0;
        for (boolean is : positive) {
            m += is ? 1 : 0;
        }
        int n = positive.length - m;
        double[] ofPositives = new double[m]; // contrasts of placements: their variance is that of the contrast
        double[] ofNegatives = new double[n];
        for (int r = 0; r < scores.length; r++) {
            if (scores[r].length != positive.length) {
                throw new IllegalArgumentException(
                        scores[r].length + " scores of scorer " + r + " but " + positive.length + " cases");
            }
            addPlacements(positive, scores[r], contrast[r], ofPositives, ofNegatives);
        }
        double error = Math.sqrt(variance(ofPositives) / m + variance(ofNegatives) / n);
        double difference = mean(ofPositives);
        double p = error > 0 ? 2 * NORMAL.cumulativeProbability(-Math.abs(difference) / error) : Double.NaN;
        return new DeLong(difference, error, p);
    }

    /**
     * Adds, times the weight, to each positive the share of negatives that score below it and to each negative the share
     * of positives above it, ties counting one half. A rank among all less that among one's own counts the others below.
     */
    private static void addPlacements(
            boolean[] positive, double[] scores, double weight, double[] ofPositives, double[] ofNegatives) {
        double[] own = new double[ofPositives.length];
        double[] others = new double[ofNegatives.length];
        int m = 0;
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                own[m++] = scores[i];
            } else {
                others[n++] = scores[i];
            }
        }
        double[] among = Ranks.ascending(scores);
        double[] amongOwn = Ranks.ascending(own);
        double[] amongOthers = Ranks.ascending(others);
        int x = 0;
        int y = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                ofPositives[x] += weight * (among[i] - amongOwn[x]) / n;
                x++;
            } else {
                ofNegatives[y] += weight * (1 - (among[i] - amongOthers[y]) / m);
                y++;
            }
        }
    }

    /** The half-width of the normal confidence interval of the difference. */
    public double halfWidth(double level) {
        return NORMAL.inverseCumulativeProbability((1 + level) / 2) * error;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** With ddof = 1; NaN of fewer than two values. */
    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }
}

package org.osler.metric.compare;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Friedman's test (1937) of whether k encoders rank alike over N datasets, corrected for ties, and Iman and Davenport's
 * F (1980), which is less conservative (Demšar 2006, section 3.2.2):
 *
 * <pre>
 *   χ² = 12 N / (k (k + 1)) · (Σ R_j² − k (k + 1)² / 4) / (1 − Σ(t³ − t) / (N k (k² − 1)))
 *   F  = (N − 1) χ² / (N (k − 1) − χ²)
 * </pre>
 *
 * <p>Both are approximations for N above about 10 and k above about 5. Where all values are equal neither is defined.
 *
 * @param chiSquare χ², 0 or more; NaN if every block is one tie
 * @param p its upper tail with k − 1 degrees of freedom
 * @param f F; infinite if all blocks rank alike without ties, so that χ² is as large as it can be
 * @param fp its upper tail with k − 1 and (k − 1) (N − 1) degrees of freedom
 * @param degrees k − 1
 * @param within (k − 1) (N − 1)
 */
public record Friedman(double chiSquare, double p, double f, double fp, int degrees, int within) {

    /** χ² this close to its largest value, N (k − 1), has reached it but for rounding. */
    private static final double RELATIVE_ERROR = 1e-12;

    /**
     * Tests.
     *
     * @param values {@code [N][k]}: N datasets, k encoders; none NaN
     * @throws IllegalArgumentException if there are fewer than two of either, blocks differ in length, or a value is NaN
     */
    public static Friedman of(double[][] values) {
        int k = Ranks.treatments(values);
        int n = values.length;
        if (k < 2 || n < 2) {
            throw new IllegalArgumentException(n + " blocks of " + k + " values are too few for Friedman's test");
        }
        double squares = 0;
        for (double rank : Ranks.averages(values)) {
            squares += rank * rank;
        }
        double ties = 0;
        for (double[] block : values) {
            ties += Ranks.ties(Ranks.ascending(block));
        }
        double kk = k;
        double correction = 1 - ties / (n * kk * (kk * kk - 1));
        double spread = squares - kk * (kk + 1) * (kk + 1) / 4;
        double chiSquare = correction > 0 ? Math.max(0, 12 * n / (kk * (kk + 1)) * spread / correction) : Double.NaN;
        return of(chiSquare, k, n);
    }

    private static Friedman of(double chiSquare, int k, int n) {
        int degrees = k - 1;
        int within = degrees * (n - 1);
        if (Double.isNaN(chiSquare)) {
            return new Friedman(Double.NaN, Double.NaN, Double.NaN, Double.NaN, degrees, within);
        }
        double most = (double) n * degrees;
        double f = most - chiSquare <= RELATIVE_ERROR * most
                ? Double.POSITIVE_INFINITY
                : (n - 1) * chiSquare / (most - chiSquare);
        double fp = Double.isInfinite(f) ? 0 : FDistribution.of(degrees, within).survivalProbability(f);
        return new Friedman(
                chiSquare, ChiSquaredDistribution.of(degrees).survivalProbability(chiSquare), f, fp, degrees, within);
    }
}

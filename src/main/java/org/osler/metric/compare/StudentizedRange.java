package org.osler.metric.compare;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The studentised range with infinitely many degrees of freedom: the range of k independent standard normal deviates.
 *
 * <p>Its distribution function {@code k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz} is integrated by Simpson's rule. The integrand
 * is smooth and vanishes at both ends, where the rule converges faster than any power of the step; quantiles agree with
 * scipy's to nine digits or more.
 */
final class StudentizedRange {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Beyond this many standard deviations φ is below 1e-19. */
    private static final double REACH = 9;

    private static final int STEPS = 720;

    /** Halving an interval below 2^6 this often leaves less than one in 10^16. */
    private static final int HALVINGS = 60;

    private StudentizedRange() {}

    /** The probability that the range of k ≥ 2 deviates is at most q. */
    static double cumulative(double q, int k) {
        if (q <= 0) {
            return 0;
        }
        return k * integral(z -> NORMAL.density(z) * Math.pow(NORMAL.probability(z - q, z), k - 1.0));
    }

    /** The q that the range of k ≥ 2 deviates stays below with probability p, 0 &lt; p &lt; 1. */
    static double quantile(double p, int k) {
        double low = 0;
        double high = 1;
        while (cumulative(high, k) < p) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (cumulative(middle, k) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Simpson's rule from −{@value #REACH} to {@value #REACH}. */
    private static double integral(DoubleUnaryOperator function) {
        double step = 2 * REACH / STEPS;
        double sum = function.applyAsDouble(-REACH) + function.applyAsDouble(REACH);
        for (int i = 1; i < STEPS; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * function.applyAsDouble(-REACH + i * step);
        }
        return sum * step / 3;
    }
}

package org.osler;

/**
 * The inverse of the standard normal distribution function: Wichura, "Algorithm AS 241: The percentage points of the normal
 * distribution", Applied Statistics 37 (1988), the shorter of its two approximations (PPND7), a quotient of polynomials in
 * the middle and one in each half of the tails.
 */
final class NormalQuantile {

    /** How far from a half the middle reaches. */
    private static final double MIDDLE = 0.425;

    private static final double MIDDLE_SQUARED = MIDDLE * MIDDLE;

    /** Where the outer tails begin, as the root of the negative logarithm of their probability. */
    private static final double OUTER = 5;

    private static final double INNER_SHIFT = 1.6;

    private NormalQuantile() {}

    /**
     * The value that a normal deviate stays below with a probability.
     *
     * @param probability above 0 and below 1
     * @return with a relative error of at most 1.2e-7
     */
    static double of(double probability) {
        double q = probability - 0.5;
        if (Math.abs(q) <= MIDDLE) {
            double r = MIDDLE_SQUARED - q * q;
            double above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
            double below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1;
            return q * above / below;
        }
        double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? probability : 1 - probability));
        double size = r <= OUTER ? innerTail(r - INNER_SHIFT) : outerTail(r - OUTER);
        return q < 0 ? -size : size;
    }

    private static double innerTail(double r) {
        double above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777;
        double below = (0.12021132975 * r + 0.73700164250) * r + 1;
        return above / below;
    }

    private static double outerTail(double r) {
        double above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150;
        double below = (0.012258202635 * r + 0.24197894225) * r + 1;
        return above / below;
    }
}

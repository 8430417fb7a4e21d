package org.osler.metric.compare;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction (1979) for several tests at once. */
public final class Holm {

    private Holm() {}

    /**
     * Adjusted p-values: the i-th smallest of m is multiplied by m + 1 − i, raised to the largest of those before it, and
     * cut at 1. Those at most α are significant, with the chance of any error among all m at most α.
     *
     * @param p {@code [m]}, 0 to 1
     * @return {@code [m]}, in the same order
     * @throws IllegalArgumentException if a value is not from 0 to 1
     */
    public static double[] adjust(double[] p) {
        for (double value : p) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(value + " is no p-value");
            }
        }
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int i = 0; i < p.length; i++) {
            largest = Math.max(largest, Math.min(1, (p.length - i) * p[order[i]]));
            adjusted[order[i]] = largest;
        }
        return adjusted;
    }
}

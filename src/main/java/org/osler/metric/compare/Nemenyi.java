package org.osler.metric.compare;

/** Nemenyi's test (1963): which average ranks of k encoders over N datasets differ, all pairs at once. */
public final class Nemenyi {

    private Nemenyi() {}

    /**
     * The critical difference {@code q · √(k (k + 1) / (6 N))} (Demšar 2006, section 3.2.2): two encoders differ if their
     * average ranks differ by at least this. q is the studentised range's quantile for k and infinitely many degrees of
     * freedom, divided by √2.
     *
     * @param encoders k, at least 2
     * @param datasets N, at least 1
     * @param level the error allowed for all pairs together, e.g. 0.05; above 0, below 1
     * @throws IllegalArgumentException if a value is out of range
     */
    public static double criticalDifference(int encoders, int datasets, double level) {
        if (encoders < 2 || datasets < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    encoders + " encoders, " + datasets + " datasets, level " + level + " have no critical difference");
        }
        double q = StudentizedRange.quantile(1 - level, encoders) / Math.sqrt(2);
        return q * Math.sqrt(encoders * (encoders + 1.0) / (6.0 * datasets));
    }
}

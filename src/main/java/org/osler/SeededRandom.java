package org.osler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * Random draws keyed by a seed and a purpose, so that a trial draws the same numbers alone or among a thousand.
 *
 * <p>The generator is {@link SplittableRandom}, whose algorithm the JDK specifies, started from the first 64 bits of
 * SHA-256 of {@code seed/purpose}. Normal deviates come from formulas in {@link StrictMath} and in arithmetic that Java
 * rounds alike everywhere, so every JVM draws the same ones. Not thread-safe.
 */
public final class SeededRandom {

    private final SplittableRandom random;
    private double spare = Double.NaN;

    private SeededRandom(long state) {
        this.random = new SplittableRandom(state);
    }

    /**
     * Starts a generator.
     *
     * @param seed the user's seed
     * @param purpose what the draws are for, e.g. {@code "batches"}; different purposes give independent draws
     */
    public static SeededRandom of(long seed, String purpose) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((seed + "/" + purpose).getBytes(StandardCharsets.UTF_8));
            long state = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                state = (state << 8) | (hash[i] & 0xff);
            }
            return new SeededRandom(state);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** A number in [0, 1). */
    public double uniform() {
        return random.nextDouble();
    }

    /** A number in [low, high). */
    public double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** A whole number in [0, bound). */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A standard normal deviate (Box and Muller 1958). */
    public double normal() {
        if (!Double.isNaN(spare)) {
            double result = spare;
            spare = Double.NaN;
            return result;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        double angle = 2 * Math.PI * random.nextDouble();
        spare = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /**
     * Standard normal deviates in float32's precision, about a third of {@link #normal}'s time each: one uniform number
     * through the inverse of the distribution function, by Wichura's approximation (1988, algorithm AS 241, PPND7:
     * relative error 1.2e-7).
     *
     * @param values gets them
     * @param deviation what they are multiplied by
     */
    public void normals(float[] values, double deviation) {
        for (int i = 0; i < values.length; i++) {
            // The middle of one of 2^52 equal parts: neither 0 nor 1.
            double uniform = ((random.nextLong() >>> 12) + 0.5) * 0x1p-52;
            values[i] = (float) (deviation * NormalQuantile.of(uniform));
        }
    }

    /** A permutation of 0 … n−1, each equally likely (Fisher and Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}

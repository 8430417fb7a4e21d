package org.osler.data.image;

/**
 * The two values that become black (0) and white (255); what lies between is mapped linearly, what lies beyond is
 * clipped.
 *
 * @param low becomes 0
 * @param high becomes 255
 */
public record Levels(double low, double high) {

    public Levels {
        if (!(low < high)) {
            throw new IllegalArgumentException(low + " is not below " + high);
        }
    }

    /** The full range of unsigned numbers of so many bits: 0 to 2^bits − 1. */
    static Levels unsigned(int bits) {
        return new Levels(0, (1L << bits) - 1);
    }

    /** Maps a value, rounded to the nearest of 0 to 255. */
    byte map(double value) {
        double part = Math.min(Math.max((value - low) / (high - low), 0), 1);
        return (byte) (int) (255 * part + 0.5);
    }
}

package org.osler.metric;

import java.util.Arrays;

/**
 * How often each of several resamples holds each case: a byte each, those of one case side by side, eight in a long, so
 * that they are added up eight at a time (and by wide registers many more).
 *
 * <p>No weight comes near 255: of N draws from N cases more than that fall on one with a probability below 1 / 255!.
 */
final class Weights {

    private static final int LANES = Long.BYTES;
    private static final int MASK = 0xff;

    private final int count;
    private final int words;
    private final long[] packed;
    private int largest = 1;

    /**
     * All zero.
     *
     * @param count of resamples
     */
    Weights(int cases, int count) {
        this.count = count;
        this.words = (count + LANES - 1) / LANES;
        this.packed = new long[cases * words];
    }

    /** One resample that holds every case once. */
    static Weights once(int cases) {
        var weights = new Weights(cases, 1);
        Arrays.fill(weights.packed, 1);
        return weights;
    }

    /** How many resamples. */
    int count() {
        return count;
    }

    /** The weight of a case in a resample. */
    int of(int i, int resample) {
        return (int) (packed[i * words + resample / LANES] >>> (resample % LANES * Byte.SIZE)) & MASK;
    }

    /** Resample r holds case i once more. */
    void draw(int i, int resample) {
        packed[i * words + resample / LANES] += 1L << (resample % LANES * Byte.SIZE);
    }

    /** All is drawn. */
    void drawn() {
        for (long word : packed) {
            for (long rest = word; rest != 0; rest >>>= Byte.SIZE) {
                largest = Math.max(largest, (int) (rest & MASK));
            }
        }
    }

    /** How many cases each resample holds. */
    int[] cases() {
        var sum = new Sum();
        for (int i = 0; i < packed.length / words; i++) {
            sum.add(i);
        }
        return sum.values();
    }

    /** Sums over cases, one a resample. */
    final class Sum {

        private final long[] lanes = new long[words];
        private final int[] values = new int[count];

        /** Cases that the lanes still take without any of them overflowing. */
        private int room = MASK / largest;

        /** Adds the weights of a case. */
        void add(int i) {
            if (room == 0) {
                flush();
            }
            room--;
            int start = i * words;
            for (int k = 0; k < lanes.length; k++) {
                lanes[k] += packed[start + k];
            }
        }

        /** The sums so far; the same array each time. */
        int[] values() {
            flush();
            return values;
        }

        private void flush() {
            for (int r = 0; r < count; r++) {
                values[r] += (int) (lanes[r / LANES] >>> (r % LANES * Byte.SIZE)) & MASK;
            }
            Arrays.fill(lanes, 0);
            room = MASK / largest;
        }
    }
}

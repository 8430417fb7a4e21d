package org.osler.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What PIL's bilinear resizing takes of a line of pixels for each pixel of the line that it makes: from which position on,
 * and by which weights in fixed point.
 */
final class PilWeights {

    /** Binary places of a weight: 32 bits less 8 for the pixel and 2 for what a sum may overshoot. */
    static final int PLACES = 32 - 8 - 2;

    /** A half: sums begin with it, so that dropping the binary places rounds. */
    static final int HALF = 1 << (PLACES - 1);

    /** Images of one's own may come in as many sizes as there are images. */
    private static final int MOST_KNOWN = 512;

    private static final Map<Resampling, PilWeights> KNOWN = new ConcurrentHashMap<>();

    private final int[] first;
    private final int[][] taps;

    private record Resampling(int from, int to) {}

    private PilWeights(Resampling resampling) {
        first = new int[resampling.to];
        taps = new int[resampling.to][];
        double scale = (double) resampling.from / resampling.to;
        double radius = Math.max(scale, 1);
        for (int i = 0; i < resampling.to; i++) {
            double centre = (i + 0.5) * scale;
            int begin = Math.max((int) (centre - radius + 0.5), 0);
            int end = Math.min((int) (centre + radius + 0.5), resampling.from);
            first[i] = begin;
            taps[i] = rounded(triangle(begin, end, centre, radius));
        }
    }

    /** For a line of {@code from} pixels that becomes one of {@code to}. Safe for many threads. */
    static PilWeights of(int from, int to) {
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(new Resampling(from, to), PilWeights::new);
    }

    /** How many pixels are made. */
    int count() {
        return first.length;
    }

    /** The first pixel that counts for one that is made. */
    int first(int made) {
        return first[made];
    }

    /** The weights of the pixels from the first one on, in units of 2^-22; not to be written to. */
    int[] taps(int made) {
        return taps[made];
    }

    private static double[] triangle(int begin, int end, double centre, double radius) {
        double[] result = new double[end - begin];
        // PIL multiplies by the reciprocal; dividing instead can round the other way.
        double reciprocal = 1 / radius;
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(0, 1 - Math.abs((i + begin - centre + 0.5) * reciprocal));
        }
        return result;
    }

    private static int[] rounded(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        int[] result = new int[weights.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) (0.5 + weights[i] / sum * (1 << PLACES));
        }
        return result;
    }
}

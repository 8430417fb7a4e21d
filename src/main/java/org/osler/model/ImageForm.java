package org.osler.model;

import org.osler.data.PilBilinear;

/**
 * The form in which a dataset keeps its images, 8 bits a channel and all of one size, and how any other image is brought
 * to it. From there on images go the way of training.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param fit how an image of another size becomes this size
 */
public record ImageForm(int height, int width, int channels, Fit fit) {

    /** How an image of another size becomes the stored size. */
    public enum Fit {
        /** The whole image, height and width each scaled to the stored ones by antialiased bilinear interpolation. */
        STRETCH;

        /** The name used in {@code model.json}. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Bytes of one image. */
    int bytes() {
        return height * width * channels;
    }

    /** An image in this form: {@link #bytes()} bytes, rows from the top; unchanged if it has this form already. */
    byte[] of(Pixels image) {
        Pixels pixels = image.withChannels(channels);
        if (pixels.height() == height && pixels.width() == width) {
            return pixels.bytes();
        }
        byte[] target = new byte[bytes()];
        PilBilinear.resize(pixels.bytes(), pixels.height(), pixels.width(), channels, target, height, width);
        return target;
    }
}

package org.osler.data.image;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * An image of any size with 8 bits a channel.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels [height, width, channels], 0 to 255, rows from the top
 */
public record Picture(int height, int width, int channels, byte[] pixels) {

    private static final int RGB = 3;

    public Picture {
        if (pixels.length != (long) height * width * channels) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes are not " + height + " × " + width + " × " + channels);
        }
    }

    /**
     * The pixels of an image as they are stored: no colour management, transparency left out.
     *
     * @param levels black and white of images with more than 8 bits; empty: their format's full range
     * @throws UnreadableImage if its values are no plain 8 or 16 bits, or its colours neither grey nor RGB nor CMYK
     */
    public static Picture of(BufferedImage image, Optional<Levels> levels) throws UnreadableImage {
        return new Rasters(levels).picture(image);
    }

    /**
     * The same in grey or in colour; colour becomes grey as PIL's {@code convert("L")} does it, ITU-R 601-2.
     *
     * @param wanted 1 or 3
     */
    public Picture withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        int count = height * width;
        byte[] other = new byte[Math.multiplyExact(count, wanted)];
        for (int i = 0; i < count; i++) {
            if (wanted == 1) {
                int red = pixels[RGB * i] & 0xff;
                int green = pixels[RGB * i + 1] & 0xff;
                int blue = pixels[RGB * i + 2] & 0xff;
                other[i] = (byte) ((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16);
            } else {
                for (int c = 0; c < RGB; c++) {
                    other[RGB * i + c] = pixels[i];
                }
            }
        }
        return new Picture(height, width, wanted, other);
    }
}

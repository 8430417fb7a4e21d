package org.osler.model;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * An image of any size with 8 bits a channel.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param bytes {@code height × width × channels}, rows from the top
 */
record Pixels(int height, int width, int channels, byte[] bytes) {

    private static final int RGB = 3;

    /** 65535 / 255. */
    private static final int STEP_OF_16_BITS = 257;

    /**
     * The pixels of an image as they are stored: grey values stay what they are (Java would take them for linear light),
     * 16 bits are rounded to 8, transparency is left out.
     */
    static Pixels of(BufferedImage image) {
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && !(image.getColorModel() instanceof IndexColorModel);
        return grey ? grey(image) : colour(image);
    }

    private static Pixels grey(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        Raster raster = image.getRaster();
        boolean wide = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT;
        byte[] bytes = new byte[Math.multiplyExact(height, width)];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                bytes[y * width + x] = (byte) (wide ? (row[x] + STEP_OF_16_BITS / 2) / STEP_OF_16_BITS : row[x]);
            }
        }
        return new Pixels(height, width, 1, bytes);
    }

    private static Pixels colour(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] bytes = new byte[Math.multiplyExact(Math.multiplyExact(height, width), RGB)];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                bytes[at++] = (byte) (argb >> 16);
                bytes[at++] = (byte) (argb >> 8);
                bytes[at++] = (byte) argb;
            }
        }
        return new Pixels(height, width, RGB, bytes);
    }

    /** The same in grey or in colour; colour becomes grey as PIL's {@code convert("L")} does it, ITU-R 601-2. */
    Pixels withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        int count = height * width;
        byte[] other = new byte[Math.multiplyExact(count, wanted)];
        for (int i = 0; i < count; i++) {
            if (wanted == 1) {
                int red = bytes[RGB * i] & 0xff;
                int green = bytes[RGB * i + 1] & 0xff;
                int blue = bytes[RGB * i + 2] & 0xff;
                other[i] = (byte) ((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16);
            } else {
                for (int c = 0; c < RGB; c++) {
                    other[RGB * i + c] = bytes[i];
                }
            }
        }
        return new Pixels(height, width, wanted, other);
    }
}

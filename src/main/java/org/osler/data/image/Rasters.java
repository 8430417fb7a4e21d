package org.osler.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Optional;

/**
 * From the JDK's images to 8-bit grey or RGB, without any colour management: the stored values count, as with PIL's
 * {@code convert("RGB")}. Alpha is dropped, palettes are looked up, CMYK becomes RGB by {@code (255 − C)(255 − K) / 255}.
 */
final class Rasters {

    private static final int GREY = 1;
    private static final int RGB = 3;
    private static final int CMYK = 4;
    private static final int BYTE = 8;

    private final Optional<Levels> levels;

    /**
     * Prepares.
     *
     * @param levels black and white of images with more than 8 bits; empty: their format's full range
     */
    Rasters(Optional<Levels> levels) {
        this.levels = levels;
    }

    Picture picture(BufferedImage image) throws UnreadableImage {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            return indexed(image.getRaster(), palette);
        }
        if (!(model instanceof ComponentColorModel)) {
            return packed(image);
        }
        int colours = model.getNumColorComponents();
        int space = model.getColorSpace().getType();
        boolean known = switch (colours) {
            case GREY -> true;
            case RGB -> space == ColorSpace.TYPE_RGB;
            case CMYK -> space == ColorSpace.TYPE_CMYK;
            default -> false;
        };
        if (!known) {
            throw new UnreadableImage("has colours that are neither grey nor RGB nor CMYK; convert it to RGB");
        }
        byte[] samples = samples(image.getRaster(), colours);
        return colours == CMYK
                ? new Picture(image.getHeight(), image.getWidth(), RGB, ofCmyk(samples))
                : new Picture(image.getHeight(), image.getWidth(), colours, samples);
    }

    private static Picture indexed(Raster raster, IndexColorModel palette) {
        int size = palette.getMapSize();
        int[] colours = new int[size];
        palette.getRGBs(colours);
        boolean grey = true;
        for (int colour : colours) {
            grey &= (colour >> 16 & 0xff) == (colour >> 8 & 0xff) && (colour >> 8 & 0xff) == (colour & 0xff);
        }
        int channels = grey ? GREY : RGB;
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width * channels];
        int[] row = new int[width];
        for (int y = 0, at = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int index : row) {
                int colour = index < size ? colours[index] : 0;
                for (int shift = BYTE * (channels - 1); shift >= 0; shift -= BYTE) {
                    pixels[at++] = (byte) (colour >> shift);
                }
            }
        }
        return new Picture(raster.getHeight(), width, channels, pixels);
    }

    /** Several colours in one number, of 5 to 8 bits each. */
    private static Picture packed(BufferedImage image) {
        int width = image.getWidth();
        byte[] pixels = new byte[image.getHeight() * width * RGB];
        int[] row = new int[width];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int colour : row) {
                pixels[at++] = (byte) (colour >> 16);
                pixels[at++] = (byte) (colour >> 8);
                pixels[at++] = (byte) colour;
            }
        }
        return new Picture(image.getHeight(), width, RGB, pixels);
    }

    /** The first {@code bands} bands, [height, width, bands]. */
    byte[] samples(Raster raster, int bands) throws UnreadableImage {
        int type = raster.getSampleModel().getDataType();
        if (type == DataBuffer.TYPE_BYTE) {
            return raster.getSampleModel() instanceof ComponentSampleModel model
                            && raster.getDataBuffer() instanceof DataBufferByte buffer
                            && buffer.getNumBanks() == 1
                    ? bytes(raster, model, buffer.getData(), bands)
                    : values(raster, bands, new Levels(0, 255));
        }
        if (type == DataBuffer.TYPE_USHORT) {
            return values(raster, bands, levels.orElse(Levels.unsigned(2 * BYTE)));
        }
        return values(
                raster,
                bands,
                levels.orElseThrow(() -> new UnreadableImage("has "
                        + DataBuffer.getDataTypeSize(type)
                        + "-bit values that are no plain 8 or 16 bits; say which of them are black and white with window:"
                        + " [low, high]")));
    }

    private static byte[] bytes(Raster raster, ComponentSampleModel model, byte[] data, int bands) {
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width * bands];
        int[] offsets = model.getBandOffsets();
        int start = raster.getDataBuffer().getOffset()
                - raster.getSampleModelTranslateY() * model.getScanlineStride()
                - raster.getSampleModelTranslateX() * model.getPixelStride();
        for (int y = 0, at = 0; y < raster.getHeight(); y++) {
            int from = start + y * model.getScanlineStride();
            for (int x = 0; x < width; x++, from += model.getPixelStride()) {
                for (int band = 0; band < bands; band++) {
                    pixels[at++] = data[from + offsets[band]];
                }
            }
        }
        return pixels;
    }

    private static byte[] values(Raster raster, int bands, Levels levels) {
        int width = raster.getWidth();
        byte[] pixels = new byte[raster.getHeight() * width * bands];
        double[] row = new double[width];
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int band = 0; band < bands; band++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
                for (int x = 0; x < width; x++) {
                    pixels[(y * width + x) * bands + band] = levels.map(row[x]);
                }
            }
        }
        return pixels;
    }

    /** [H, W, 4] to [H, W, 3]; 255 is full ink. */
    static byte[] ofCmyk(byte[] inks) {
        byte[] pixels = new byte[inks.length / CMYK * RGB];
        for (int from = 0, to = 0; from < inks.length; from += CMYK) {
            int light = 255 - (inks[from + RGB] & 0xff);
            for (int c = 0; c < RGB; c++) {
                // PIL's division by 255, rounded: exact for products of two bytes.
                int product = (inks[from + c] & 0xff) * light + 128;
                pixels[to++] = (byte) Math.max(0, light - ((product + (product >> BYTE)) >> BYTE));
            }
        }
        return pixels;
    }
}

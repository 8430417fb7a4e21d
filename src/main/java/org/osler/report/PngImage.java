package org.osler.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.osler.data.image.Picture;

/** Pixels as PNG, for files and for standing inside the page. */
final class PngImage {

    private PngImage() {}

    /** A {@code data:} URI of a picture. */
    static String dataUri(Picture picture) {
        return dataUri(picture.pixels(), picture.height(), picture.width(), picture.channels());
    }

    /**
     * A {@code data:} URI of an image.
     *
     * @param pixels height × width × channels bytes, rows from the top
     * @param channels 1 (grey) or 3 (red, green, blue)
     */
    static String dataUri(byte[] pixels, int height, int width, int channels) {
        return dataUri(png(new Picture(height, width, channels, pixels)));
    }

    /** A {@code data:} URI of a PNG. */
    static String dataUri(byte[] png) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    /** A picture as PNG. */
    static byte[] png(Picture picture) {
        int channels = picture.channels();
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("an image has 1 or 3 channels, not " + channels);
        }
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        var image = new BufferedImage(picture.width(), picture.height(), type);
        // The raster takes the samples as they are; setRGB would convert grey values through a colour space.
        int[] samples = new int[picture.pixels().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = picture.pixels()[i] & 0xff;
        }
        image.getRaster().setPixels(0, 0, picture.width(), picture.height(), samples);
        return png(image);
    }

    /** An image as PNG. */
    static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("this JVM has no PNG writer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

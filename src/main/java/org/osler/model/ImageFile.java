package org.osler.model;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.osler.InputException;

/** Image files: what their names look like, and their pixels. */
public final class ImageFile {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");

    /** What an array of colour pixels can hold. */
    private static final long MOST_PIXELS = Integer.MAX_VALUE / 3;

    private ImageFile() {}

    /** Whether a file's name ends like an image's. */
    public static boolean isNamedLikeOne(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /**
     * Reads the first image of a file.
     *
     * @throws InputException if there is no such file, or it is no image that can be read; the message names it
     */
    static Pixels read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": no such file");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new InputException(file + ": no image that can be read (PNG, JPEG, TIFF, BMP or GIF)");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return Pixels.of(read(reader, file));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // What the JDK's readers throw on files that are cut short or broken.
            throw new InputException(file + ": broken image: " + e.getMessage(), e);
        }
    }

    private static BufferedImage read(ImageReader reader, Path file) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new InputException(file + ": " + reader.getWidth(0) + " × " + reader.getHeight(0)
                    + " pixels are more than can be read");
        }
        return reader.read(0);
    }
}

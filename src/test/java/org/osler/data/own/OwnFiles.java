package org.osler.data.own;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.osler.data.image.Fit;

/** Small datasets of image files to try things on. */
public final class OwnFiles {

    private OwnFiles() {}

    /** What is said of a dataset of which nothing is said but where it lies. */
    static ImageSettings settings(Path path) {
        return settings(path, Columns.USUAL, Optional.empty(), 0, false);
    }

    /** The same with columns of a manifest, shares, a seed and what becomes of broken images. */
    static ImageSettings settings(Path path, Columns columns, Optional<Shares> splits, long seed, boolean skipBroken) {
        return new ImageSettings(
                "mine",
                path,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                columns,
                splits,
                seed,
                Fit.STRETCH,
                Optional.empty(),
                skipBroken);
    }

    /**
     * A grey image whose brightness tells its class.
     *
     * @param level 0 to 255, of every pixel but for a pattern of a few levels
     */
    public static void grey(Path file, int width, int height, int level) throws IOException {
        write(file, new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY), level);
    }

    /** The same in colour. */
    static void colour(Path file, int width, int height, int level) throws IOException {
        write(file, new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), level);
    }

    private static void write(Path file, BufferedImage image, int level) throws IOException {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(x, y, band, Math.min(255, level + (x * 7 + y * 3 + band * 20) % 40));
                }
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    /** Class folders {@code dark} and {@code light} with so many grey images each, of many sizes. */
    public static Path classFolders(Path folder, int each) throws IOException {
        for (int i = 0; i < each; i++) {
            grey(folder.resolve("dark/image %d ä.png".formatted(i)), 20 + i, 30, i);
            grey(folder.resolve("light/%d.png".formatted(i)), 40, 20 + i, 150 + i);
        }
        return folder;
    }
}

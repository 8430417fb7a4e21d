package org.osler.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osler.weights.Home;

/**
 * A large dataset that takes little room as a file; its main method opens one in a JVM of its own: {@code BigNpz
 * FILE.npz OSLER_HOME}. For the 12 GB case by hand: {@code BigNpz write FILE.npz 80000}, then open it with -Xmx1g.
 */
final class BigNpz {

    private static final int SIDE = 224;

    private BigNpz() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("write")) {
            write(Path.of(arguments[1]), Integer.parseInt(arguments[2]), SIDE * SIDE * 3);
            return;
        }
        var home = new Home(Path.of(arguments[1]), Path.of(arguments[1]));
        long start = System.nanoTime();
        try (Dataset dataset = new DatasetStore(home).open(DatasetSource.of(Path.of(arguments[0])))) {
            Images images = dataset.images(Split.TRAIN);
            byte[] image = new byte[images.imageBytes()];
            images.read(images.count() - 1, image, 0);
            int sum = 0;
            for (byte pixel : image) {
                sum += pixel & 0xff;
            }
            System.out.println(images.count() + " images, sum of the last " + sum);
            if (arguments.length > 2) {
                System.out.printf("opened in %.1f s%n", (System.nanoTime() - start) / 1e9);
            }
        }
    }

    /** Black images, each with one pixel that is not: its last, of 199. */
    static void write(Path file, int train, int imageBytes) throws IOException {
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Split split : Split.values()) {
                int count = split == Split.TRAIN ? train : 10;
                byte[] image = new byte[imageBytes];
                image[imageBytes - 1] = (byte) 199;
                String shape = imageBytes == SIDE * SIDE * 3
                        ? "(%d, %d, %d, 3)".formatted(count, SIDE, SIDE)
                        : "(%d, %d, 1)".formatted(count, imageBytes);
                start(zip, split + "_images", "|u1", shape);
                for (int i = 0; i < count; i++) {
                    zip.write(image);
                }
                start(zip, split + "_labels", "|u1", "(" + count + ", 1)");
                for (int i = 0; i < count; i++) {
                    zip.write(i % 2);
                }
            }
        }
    }

    private static void start(ZipOutputStream zip, String name, String descr, String shape) throws IOException {
        zip.putNextEntry(new ZipEntry(name.toLowerCase(java.util.Locale.ROOT) + ".npy"));
        byte[] header = NpzFixture.npy(
                "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + "}", new byte[0]);
        zip.write(header);
    }
}

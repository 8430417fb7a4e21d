package org.osler.data.own;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.data.image.Fit;
import org.osler.weights.Home;

/**
 * Osler's side of {@code bench/decoding.py}: for every line of standard input decodes a manifest's images into a fresh store,
 * cut to squares of a side, and prints images a second.
 */
final class DecodingSpeed {

    private DecodingSpeed() {}

    public static void main(String[] arguments) throws IOException {
        Path manifest = Path.of(arguments[0]);
        int side = Integer.parseInt(arguments[1]);
        var settings = new ImageSettings(
                "images",
                manifest,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Columns.USUAL,
                Optional.empty(),
                0,
                Fit.CROP,
                Optional.empty(),
                false);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            Path folder = Files.createTempDirectory("decoding");
            Home home = new Home(folder, folder);
            OwnDataset images = OwnImages.read(settings).at(side, home, ReadingProgress.SILENT);
            long start = System.nanoTime();
            try (Dataset dataset = new DatasetStore(home).open(images)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                int count = Stream.of(Split.values()).mapToInt(dataset::count).sum();
                System.out.println(count / seconds);
            }
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

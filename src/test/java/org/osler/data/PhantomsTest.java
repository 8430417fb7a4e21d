package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.Hashes;
import org.osler.weights.Home;

class PhantomsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "BINARY, 2, 1, 28",
        "BINARY, 2, 3, 224",
        "MULTI_CLASS, 8, 1, 64",
        "MULTI_CLASS, 3, 3, 28",
        "ORDINAL, 5, 1, 30",
        "MULTI_LABEL, 1, 1, 28",
        "MULTI_LABEL, 8, 3, 33"
    })
    void everyKindOfTaskIsDrawnInTheOfficialLayout(Task task, int classes, int channels, int size) throws IOException {
        var spec = new PhantomSpec(task, classes, channels, size, 10, 8, 9, 1);
        try (Dataset dataset = open(spec)) {
            assertThat(dataset.task()).isEqualTo(task);
            assertThat(dataset.classes()).isEqualTo(classes);
            assertThat(dataset.labelNames()).doesNotHaveDuplicates().isEqualTo(Phantoms.labelNames(spec));
            assertThat(dataset.channels()).isEqualTo(channels);
            assertThat(dataset.height()).isEqualTo(size);
            assertThat(dataset.width()).isEqualTo(size);
            assertThat(dataset.count(Split.TRAIN)).isEqualTo(10);
            assertThat(dataset.count(Split.VAL)).isEqualTo(8);
            assertThat(dataset.count(Split.TEST)).isEqualTo(9);
        }
    }

    @Test
    void sameSpecificationGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        var spec = new PhantomSpec(Task.ORDINAL, 3, 3, 28, 5, 3, 3, 7);
        Path first = folder.resolve("1.npz");
        Path second = folder.resolve("2.npz");
        Path other = folder.resolve("3.npz");
        Phantoms.write(spec, first);
        Phantoms.write(spec, second);
        Phantoms.write(new PhantomSpec(Task.ORDINAL, 3, 3, 28, 5, 3, 3, 8), other);
        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(Files.mismatch(first, other)).isNotNegative();
        // Changes only together with Phantoms.VERSION: old files keep their name, and their bytes.
        assertThat(Hashes.md5(first)).isEqualTo("1719d9a7356006b6158d14b1317b38b5");
    }

    @Test
    void drawnDatasetIsNotDrawnAgain() throws IOException {
        var spec = new PhantomSpec(Task.BINARY, 2, 1, 28, 4, 2, 2, 0);
        Path npz = Phantoms.source("p", spec, folder).npz();
        FileTime made = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(npz, made);
        assertThat(Phantoms.source("p", spec, folder).npz()).isEqualTo(npz);
        assertThat(Files.getLastModifiedTime(npz)).isEqualTo(made);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(npz);
        }
    }

    /** A spiculated mass is darker and shades what lies behind it: seen by one mean grey level, but not always. */
    @Test
    void classesCanBeToldApartButNotTrivially() throws IOException {
        try (Dataset dataset = open(new PhantomSpec(Task.BINARY, 2, 1, 28, 200, 10, 10, 3))) {
            Images images = dataset.images(Split.TRAIN);
            double[] smooth = new double[100];
            double[] spiculated = new double[100];
            int[] filled = new int[2];
            byte[] image = new byte[28 * 28];
            for (int i = 0; i < images.count(); i++) {
                images.read(i, image, 0);
                int label = dataset.labels(Split.TRAIN)[i][0];
                (label == 0 ? smooth : spiculated)[filled[label]++] = greyBehind(image);
            }
            assertThat(shareOfPairsInOrder(spiculated, smooth)).isBetween(0.7, 0.97);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BINARY, 3, 1, 28, 9",
        "MULTI_CLASS, 1, 1, 28, 9",
        "ORDINAL, 9, 1, 28, 9",
        "MULTI_LABEL, 0, 1, 28, 9",
        "BINARY, 2, 2, 28, 9",
        "BINARY, 2, 1, 27, 9",
        "BINARY, 2, 1, 225, 9",
        "MULTI_CLASS, 5, 1, 28, 4"
    })
    void specificationsOutOfRangeAreRefused(Task task, int classes, int channels, int size, int train) {
        assertThatThrownBy(() -> new PhantomSpec(task, classes, channels, size, train, 9, 9, 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is right");
    }

    private Dataset open(PhantomSpec spec) throws IOException {
        return new DatasetStore(new Home(folder, folder)).open(Phantoms.source("phantom", spec, folder));
    }

    /** Lowest mean of five neighbouring columns, in the depth below the masses and above the muscle. */
    private static double greyBehind(byte[] image) {
        double lowest = 255;
        for (int left = 6; left < 17; left++) {
            double sum = 0;
            for (int y = 17; y < 21; y++) {
                for (int x = left; x < left + 5; x++) {
                    sum += image[28 * y + x] & 0xff;
                }
            }
            lowest = Math.min(lowest, sum / 20);
        }
        return lowest;
    }

    /** How often a value of the one kind is below a value of the other: the area under the ROC curve. */
    private static double shareOfPairsInOrder(double[] low, double[] high) {
        double pairs = 0;
        for (double value : low) {
            pairs += Arrays.stream(high).filter(other -> value < other).count();
        }
        return pairs / low.length / high.length;
    }
}

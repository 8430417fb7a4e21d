package org.osler.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.metric.Task;

/** Sound arrays that make no dataset: images and labels of the wrong type, shape, number or range. */
class BadDatasetsTest extends WithNpz {

    @ParameterizedTest
    @CsvSource({"<f4, 24", "<f8, 48", "<i2, 12", "|i1, 6", "|b1, 6", "<U2, 48"})
    void imagesOfOtherTypesAreRefused(String descr, int bytes) {
        assertRefused(
                new NpzFixture().array("val_images", descr, "(1, 2, 3)", new byte[bytes]),
                "val_images are of type " + descr,
                "images must be uint8");
    }

    @ParameterizedTest
    @CsvSource({"'(6, 6)'", "'(6, 2, 3, 4)'", "'(1, 6, 1, 2, 3)'", "'()'"})
    void imagesOfOtherShapesAreRefused(String shape) {
        int values = shape.equals("()") ? 1 : shape.equals("(6, 2, 3, 4)") ? 144 : 36;
        assertRefused(
                new NpzFixture().array("train_images", "|u1", shape, new byte[values]),
                "train_images have shape",
                "[N, H, W] or [N, H, W, 3] is needed");
    }

    @Test
    void emptySplitIsRefused() {
        assertRefused(new NpzFixture().array("test_images", "|u1", "(0, 2, 3)", new byte[0]), "test_images are empty");
    }

    @Test
    void splitsOfDifferentSizesAreRefused() {
        assertRefused(
                new NpzFixture().array("val_images", "|u1", "(4, 3, 2)", new byte[24]),
                "val_images are 3×2 grey, but train_images are 2×3 grey");
    }

    @Test
    void countsThatDifferAreRefused() {
        assertRefused(new NpzFixture().labels("val", 0, 1, 0), "4 images, but 3 labels in val_labels");
    }

    @Test
    void labelsOfOtherTypesAreRefused() {
        assertRefused(
                new NpzFixture().array("train_labels", "<f8", "(6, 1)", new byte[48]),
                "train_labels are of type <f8",
                "must be integers");
    }

    @Test
    void columnsThatDifferAreRefused() {
        assertRefused(
                new NpzFixture().array("test_labels", "|u1", "(4, 2)", new byte[8]),
                "test_labels have 2 columns, but train_labels have 1");
    }

    @Test
    void labelsOutOfRangeAreRefused() {
        assertRefused(
                new NpzFixture().labels("train", 0, 1, -1, 1, 0, 0), "train_labels hold a label out of range: -1");
        assertRefused(new NpzFixture().labels("train", 0, 1, 70000, 1, 0, 0), "out of range: 70000");
        assertRefused(
                new NpzFixture().labels("val", 0, 1, 2, 0), "val_labels: label 2 of image 2 is out of range", "0 to 1");
        assertRefused(new NpzFixture().labels("train", 0, 1, 3, 1, 0, 0), "class 2 has no training image", "name them");
        assertRefused(
                new NpzFixture().array("val_labels", "<u8", "(4,)", filled(32)), "out of range: 18446744073709551615");
    }

    @Test
    void splitWithOneClassOnlyIsRefused() {
        assertRefused(
                new NpzFixture().labels("train", 1, 1, 1, 1, 1, 1), "train_labels: all 6 images are of one class (1)");
        assertRefused(new NpzFixture().labels("val", 0, 0, 0, 0), "val_labels: all 4 images are of one class (0)");
        assertRefused(new NpzFixture().labels("test", 1, 1, 1, 1), "test_labels: all 4 images are of one class (1)");
    }

    @Test
    void taskThatDoesNotFitIsRefused() {
        Path npz = new NpzFixture().write(file());
        assertRefused(
                new DatasetSource("x", npz, Optional.of(Task.BINARY), List.of("a", "b", "c"), Optional.empty()),
                "a binary task has 2 classes, but 3 are named");
        assertRefused(
                new DatasetSource("x", npz, Optional.of(Task.MULTI_LABEL), List.of("a", "b"), Optional.empty()),
                "1 labels an image, but 2 are named");
    }

    private static byte[] filled(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 255);
        return bytes;
    }
}

package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osler.data.NpzFixture.npy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** Each way in which a dataset can be wrong: one message that says what, where, and what would be right. */
class BadDatasetsTest {

    @TempDir
    private Path folder;

    @Test
    void absentFileIsNamed() {
        assertRefused(folder.resolve("absent.npz"), "no such file");
    }

    @Test
    void truncatedArchiveIsRefused() throws IOException {
        Path npz = new NpzFixture().write(file());
        byte[] whole = Files.readAllBytes(npz);
        for (int length : new int[] {0, 1, 30, whole.length - 1}) {
            Files.write(npz, Arrays.copyOf(whole, length));
            assertRefused(npz, "x.npz is not a whole npz file", "fetch or write it again");
        }
        for (int tenth = 1; tenth < 10; tenth++) {
            Files.write(npz, Arrays.copyOf(whole, whole.length * tenth / 10));
            assertRefused(npz, "x.npz is not a whole npz file", "fetch or write it again");
        }
    }

    @Test
    void damagedValuesAreRefused() throws IOException {
        Path npz = new NpzFixture().write(file(), ZipOutputStream.STORED);
        byte[] bytes = Files.readAllBytes(npz);
        // The last byte of the first array, which stands right before the second local header.
        int second = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\3\4", 4);
        bytes[second - 1] ^= 1;
        Files.write(npz, bytes);
        assertRefused(npz, "train_images is damaged", "checksum");
    }

    @Test
    void missingArrayIsNamedBesideWhatIsThere() {
        assertRefused(
                new NpzFixture().without("val_labels"),
                "no array val_labels",
                "it has test_images, test_labels, train_images, train_labels, val_images");
    }

    @Test
    void otherMd5IsRefused() throws IOException {
        Path npz = new NpzFixture().write(file());
        var source = new DatasetSource(
                "breastmnist", npz, Optional.empty(), List.of(), Optional.of("750601b1f35ba3300ea97c75c52ff8f6"));
        assertThatThrownBy(() -> store().open(source))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not the published breastmnist")
                .hasMessageContaining("750601b1f35ba3300ea97c75c52ff8f6");
    }

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

    @Test
    void objectsAndRecordsAndFortranOrderAreRefused() {
        assertRefused(new NpzFixture().array("train_labels", "|O", "(6, 1)", new byte[48]), "pickled", "never read");
        assertRefused(
                new NpzFixture()
                        .raw(
                                "train_labels",
                                npy("{'descr': [('a', '<i8')], 'fortran_order': False, 'shape': (6,)}", new byte[48])),
                "records");
        assertRefused(
                new NpzFixture()
                        .raw(
                                "val_images",
                                npy("{'descr': '|u1', 'fortran_order': True, 'shape': (4, 2, 3)}", new byte[24])),
                "val_images is in Fortran order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "nonsense",
                "{'descr': '|u1', 'fortran_order': False}",
                "{'descr': '|u1', 'fortran_order': 0, 'shape': (4, 2, 3)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3)} 1",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, -3)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': [4, 2, 3]}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, '', 3)}",
                "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3), 'more': 1}",
                "{'descr': __import__('os'), 'fortran_order': False, 'shape': (4, 2, 3)}"
            })
    void malformedHeadersAreRefused(String header) {
        assertRefused(
                new NpzFixture().raw("val_images", npy(header, new byte[24])), "val_images has a malformed npy header");
    }

    @Test
    void otherVersionsAndLongHeadersAndOtherFilesAreRefused() {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (4, 2, 3)}";
        assertRefused(new NpzFixture().raw("val_images", npy(4, header, new byte[24])), "npy format version 4");
        assertRefused(
                new NpzFixture().raw("val_images", npy(header + " ".repeat(20_000), new byte[24])),
                "npy header of 200");
        assertRefused(new NpzFixture().raw("val_images", new byte[24]), "not an npy array");
        assertRefused(new NpzFixture().raw("val_images", new byte[3]), "ends within its npy header");
        assertRefused(new NpzFixture().raw("val_images", Arrays.copyOf(npy(header, new byte[0]), 40)), "val_images");
    }

    @Test
    void moreOrFewerBytesThanTheHeaderMeansAreRefused() {
        assertRefused(new NpzFixture().array("val_images", "|u1", "(4, 2, 3)", new byte[25]), "but its header means");
        assertRefused(new NpzFixture().array("val_images", "|u1", "(4, 2, 3)", new byte[23]), "but its header means");
        assertRefused(
                new NpzFixture().array("val_images", "|u1", "(2000000000, 2000000000, 2000000000)", new byte[24]),
                "impossible shape");
        assertRefused(
                new NpzFixture().array("val_images", "|u1", "(4, 4000000000, 3)", new byte[24]), "axis of length");
    }

    /** The archive's table of contents says what the header says; only inflating tells. */
    @Test
    void archiveThatInflatesToMoreThanItSaysIsRefused() throws IOException {
        Path npz = new NpzFixture()
                .array("train_images", "|u1", "(6, 2, 3)", new byte[1_000_000])
                .write(file());
        byte[] bytes = Files.readAllBytes(npz);
        int header = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (6, 2, 3), }", new byte[0]).length;
        var buffer = java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 4 < bytes.length; i++) {
            if (buffer.getInt(i) == header + 1_000_000) {
                buffer.putInt(i, header + 36);
            }
        }
        Files.write(npz, bytes);
        assertRefused(npz, "inflates to more bytes than its header means");
    }

    /** Two thousand million zeros in nine million bytes, header and contents in agreement. */
    @Test
    void archiveThatInflatesToMoreThanImagesDoIsRefused() throws IOException {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2000, 1000, 1000), }";
        Path npz = new NpzFixture().writeWithZeros(file(), "train_images", header, 2_000_000_000L);
        assertThat(Files.size(npz)).isLessThan(10_000_000);
        assertRefused(npz, "train_images would inflate from", "to 2,000,000,000, as no images do; is this a trap?");
    }

    @Test
    void namesThatLeadElsewhereAreNamesAndNoMore() throws IOException {
        Path npz = new NpzFixture()
                .raw("../../../../tmp/osler-escaped", npy("{}", new byte[8]))
                .raw("/etc/passwd", npy("{}", new byte[8]))
                .write(file());
        try (Dataset dataset = store().open(DatasetSource.of(npz))) {
            assertThat(dataset.count(Split.TRAIN)).isEqualTo(6);
        }
        assertThat(Path.of("/tmp/osler-escaped.npy")).doesNotExist();
        try (var files = Files.walk(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("escaped"));
        }
    }

    @Test
    void ofManyNamesSomeAreShown() {
        NpzFixture fixture = new NpzFixture().without("val_labels");
        for (int i = 0; i < 500; i++) {
            fixture.raw("a" + i, new byte[0]);
        }
        assertThatThrownBy(() -> store().open(DatasetSource.of(fixture.write(file()))))
                .hasMessageContaining("no array val_labels")
                .hasMessageEndingWith(", …")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void storeThatCannotBeWrittenIsNamed() throws IOException {
        Path npz = new NpzFixture().write(file());
        Path notAFolder = Files.createFile(folder.resolve("home"));
        assertThatThrownBy(() -> new DatasetStore(new Home(notAFolder, folder)).open(DatasetSource.of(npz)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot write to " + notAFolder)
                .hasMessageContaining("OSLER_HOME");
    }

    private static byte[] filled(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 255);
        return bytes;
    }

    private Path file() {
        return folder.resolve("x.npz");
    }

    private DatasetStore store() {
        return new DatasetStore(new Home(folder.resolve("osler"), folder));
    }

    private void assertRefused(NpzFixture fixture, String... parts) {
        assertRefused(fixture.write(file()), parts);
    }

    private void assertRefused(Path npz, String... parts) {
        assertRefused(DatasetSource.of(npz), parts);
    }

    private void assertRefused(DatasetSource source, String... parts) {
        assertThatThrownBy(() -> store().open(source))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
        assertThat(folder.resolve("osler/datasets/unpacked"))
                .satisfiesAnyOf(
                        unpacked -> assertThat(unpacked).doesNotExist(),
                        unpacked -> assertThat(unpacked).isDirectoryNotContaining("glob:**/.*.tmp"));
    }
}

package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.weights.ByteProgress;
import org.osler.weights.Home;

/** Bytes of unpacked datasets that were altered on the disk are seen, and the dataset is unpacked anew. */
class AlteredDatasetTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void alteredImagesAreUnpackedAnew(Split split) throws IOException {
        Path file = file(split.id() + ".images");
        byte[] whole = Files.readAllBytes(file);
        for (int tenth = 0; tenth < 10; tenth++) {
            flip(file, whole.length * tenth / 10, tenth);
            try (Dataset dataset = open()) {
                assertThat(bytes(dataset.images(split))).as("tenth " + tenth).isEqualTo(whole);
            }
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.labels", "val.labels", "test.labels", "manifest.json"})
    void alteredLabelsAndManifestsAreUnpackedAnew(String name) throws IOException {
        Path file = file(name);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 40)) {
            flip(file, at, at);
            open().close();
            assertThat(file).as(name + ", byte " + at).hasBinaryContent(whole);
        }
    }

    /** A manifest whose sides are exchanged fits the files' lengths as well. */
    @Test
    void sidesThatWereExchangedAreSeen() throws IOException {
        Path file = file("manifest.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.replace("\"height\":2,\"width\":3", "\"height\":3,\"width\":2"));
        assertThat(file).content().isNotEqualTo(whole);
        try (Dataset dataset = open()) {
            assertThat(dataset.height()).isEqualTo(2);
        }
    }

    @Test
    void anOlderFolderWithoutChecksumsIsUnpackedAnew() throws IOException {
        Path manifest = file("manifest.json");
        byte[] whole = Files.readAllBytes(manifest);
        Path images = file("train.images");
        byte[] pixels = Files.readAllBytes(images);
        Files.writeString(
                manifest,
                "{\"format\":1,\"md5\":\"" + images.getParent().getFileName()
                        + "\",\"height\":2,\"width\":3,\"channels\":1,\"columns\":1,"
                        + "\"counts\":{\"TRAIN\":6,\"VAL\":4,\"TEST\":4}}");
        flip(images, 0, 0);
        open().close();
        assertThat(manifest).hasBinaryContent(whole);
        assertThat(images).hasBinaryContent(pixels);
    }

    /** Once a process: 16 GB are not to be read at every trial. */
    @Test
    void imagesFoundIntactAreNotReadAgainWhileTheFileStaysAsItIs() throws IOException {
        Path file = file("val.images");
        bytes(open().images(Split.VAL));
        byte[] whole = Files.readAllBytes(file);
        FileTime time = Files.getLastModifiedTime(file);
        flip(file, 3, 1);
        Files.setLastModifiedTime(file, time);
        assertThat(bytes(open().images(Split.VAL))).as("not looked at").isNotEqualTo(whole);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
        assertThat(bytes(open().images(Split.VAL))).isEqualTo(whole);
    }

    @Test
    void damageThatNothingCanMendIsAnErrorOfThatSplitAlone() throws IOException {
        flip(file("test.images"), 5, 2);
        try (Dataset dataset = open()) {
            Files.write(npz(), new byte[] {1, 2, 3});
            assertThat(dataset.images(Split.TRAIN).count()).isEqualTo(6);
            assertThatThrownBy(() -> dataset.images(Split.TEST))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x.npz was changed since it was opened");
        }
    }

    /** A report compares labels and shows pictures; it cannot unpack anything anew. */
    @Test
    void whatIsFoundWithoutItsSourceHasSoundLabels() throws IOException {
        String hash = file("test.labels").getParent().getFileName().toString();
        assertThat(store().find(hash, "x", Task.BINARY, List.of())).isPresent();
        flip(file("test.labels"), 4, 0);
        assertThat(store().find(hash, "x", Task.BINARY, List.of())).isEmpty();
    }

    @Test
    void theChecksumIsTheCrc32cOfTheFile() throws IOException {
        CRC32C expected = new CRC32C();
        expected.update("123456789".getBytes(StandardCharsets.US_ASCII));
        // The check value that catalogues of CRCs give for CRC-32C.
        assertThat(expected.getValue()).isEqualTo(0xe3069283L);
        Path file = Files.writeString(folder.resolve("nine"), "123456789");
        assertThat(Checksum.of(file, ByteProgress.SILENT)).isEqualTo("e3069283");
        try (ChecksummedFile written = ChecksummedFile.create(folder.resolve("again"))) {
            written.write(java.nio.ByteBuffer.wrap("1234".getBytes(StandardCharsets.US_ASCII)));
            written.write(java.nio.ByteBuffer.wrap("56789".getBytes(StandardCharsets.US_ASCII)));
            assertThat(written.finish()).isEqualTo("e3069283");
        }
    }

    /** A file of the unpacked dataset, which is opened for it. */
    private Path file(String name) throws IOException {
        if (!Files.exists(npz())) {
            new NpzFixture().write(npz());
        }
        try (Dataset dataset = open()) {
            return folder.resolve("osler/datasets/unpacked")
                    .resolve(dataset.hash())
                    .resolve(name);
        }
    }

    private static void flip(Path file, int at, int bit) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
    }

    private static byte[] bytes(Images images) {
        byte[] all = new byte[images.count() * images.imageBytes()];
        for (int i = 0; i < images.count(); i++) {
            images.read(i, all, i * images.imageBytes());
        }
        return all;
    }

    private Path npz() {
        return folder.resolve("x.npz");
    }

    private Dataset open() throws IOException {
        return store().open(new DatasetSource("x", npz(), Optional.empty(), List.of(), Optional.empty()));
    }

    private DatasetStore store() {
        return new DatasetStore(new Home(folder.resolve("osler"), folder));
    }
}

package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.FreshProcess;
import org.osler.metric.Task;
import org.osler.weights.Home;

class DatasetStoreTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {ZipOutputStream.DEFLATED, ZipOutputStream.STORED})
    void storedAndDeflatedArchivesHoldTheSame(int method) throws IOException {
        Path npz = new NpzFixture().write(folder.resolve("x.npz"), method);
        try (Dataset dataset = store().open(DatasetSource.of(npz))) {
            assertThat(dataset.task()).isEqualTo(Task.BINARY);
            assertThat(dataset.height()).isEqualTo(2);
            assertThat(dataset.width()).isEqualTo(3);
            assertThat(dataset.channels()).isEqualTo(1);
            assertThat(dataset.labels(Split.TRAIN)).isDeepEqualTo(new int[][] {{0}, {1}, {0}, {1}, {1}, {0}});
            byte[] target = new byte[8];
            dataset.images(Split.TRAIN).read(5, target, 1);
            // The fixture's byte i is 7 i + 6.
            assertThat(target)
                    .isEqualTo(
                            new byte[] {0, (byte) 216, (byte) 223, (byte) 230, (byte) 237, (byte) 244, (byte) 251, 0});
            assertThatThrownBy(() -> dataset.images(Split.TRAIN).read(6, target, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void closedDatasetHandsOutNoImages() throws IOException {
        Dataset dataset = store().open(DatasetSource.of(new NpzFixture().write(folder.resolve("x.npz"))));
        dataset.close();
        assertThatThrownBy(() -> dataset.images(Split.VAL)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void coloursOfAPixelStaySideBySide() throws IOException {
        var fixture = new NpzFixture();
        for (var split : List.of("train", "val", "test")) {
            fixture.array(split + "_images", "|u1", "(4, 1, 1, 3)", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
            fixture.labels(split, 0, 1, 2, 1);
        }
        try (Dataset dataset = store().open(DatasetSource.of(fixture.write(folder.resolve("x.npz"))))) {
            assertThat(dataset.channels()).isEqualTo(3);
            assertThat(dataset.task()).isEqualTo(Task.MULTI_CLASS);
            assertThat(dataset.labelNames()).containsExactly("0", "1", "2");
            byte[] image = new byte[3];
            dataset.images(Split.VAL).read(2, image, 0);
            assertThat(image).containsExactly(7, 8, 9);
        }
    }

    @ParameterizedTest
    @CsvSource({"|i1, 1", "|u1, 1", "<i2, 2", ">i2, 2", "<u2, 2", "<i4, 4", ">u4, 4", "<i8, 8", ">i8, 8", ">u8, 8"})
    void labelsOfAnyIntegerTypeAreRead(String descr, int width) throws IOException {
        int[] labels = {0, 1, 100, 1};
        ByteBuffer bytes = ByteBuffer.allocate(4 * width)
                .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int label : labels) {
            switch (width) {
                case 1 -> bytes.put((byte) label);
                case 2 -> bytes.putShort((short) label);
                case 4 -> bytes.putInt(label);
                default -> bytes.putLong(label);
            }
        }
        Path npz = new NpzFixture()
                .array("val_labels", descr, "(4,)", bytes.array())
                .write(folder.resolve("x.npz"));
        List<String> names = java.util.stream.IntStream.rangeClosed(0, 100)
                .mapToObj(i -> "class " + i)
                .toList();
        var source = new DatasetSource("x", npz, Optional.empty(), names, Optional.empty());
        try (Dataset dataset = store().open(source)) {
            assertThat(dataset.labels(Split.VAL)).isDeepEqualTo(new int[][] {{0}, {1}, {100}, {1}});
            assertThat(dataset.classes()).isEqualTo(101);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void headersOfAllVersionsAreRead(int version) throws IOException {
        String header = "{\"shape\": (4, 2, 3), 'fortran_order': False, 'descr': 'u1'}      ";
        Path npz = new NpzFixture()
                .raw("val_images", NpzFixture.npy(version, header, new byte[24]))
                .write(folder.resolve("x.npz"));
        try (Dataset dataset = store().open(DatasetSource.of(npz))) {
            assertThat(dataset.count(Split.VAL)).isEqualTo(4);
        }
    }

    @Test
    void severalColumnsAreMultiLabel() throws IOException {
        var fixture = new NpzFixture();
        fixture.array("train_labels", "|u1", "(6, 2)", new byte[] {0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0});
        fixture.array("val_labels", "|u1", "(4, 2)", new byte[] {0, 1, 1, 1, 0, 0, 1, 0});
        fixture.array("test_labels", "|u1", "(4, 2)", new byte[] {0, 0, 0, 0, 0, 0, 1, 0});
        try (Dataset dataset = store().open(DatasetSource.of(fixture.write(folder.resolve("x.npz"))))) {
            assertThat(dataset.task()).isEqualTo(Task.MULTI_LABEL);
            assertThat(dataset.classes()).isEqualTo(2);
            assertThat(dataset.labels(Split.VAL)[1]).containsExactly(1, 1);
        }
    }

    @Test
    void imagesAreFoundAcrossPiecesOfTheMapping() throws IOException {
        byte[] pixels = new byte[70];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        Path file = Files.write(folder.resolve("images"), pixels);
        Images images = Images.map(file, 10, new ImageShape(1, 7, 1), 25);
        byte[] image = new byte[7];
        for (int i = 0; i < 10; i++) {
            images.read(i, image, 0);
            assertThat(image[0]).isEqualTo((byte) (7 * i));
            assertThat(image[6]).isEqualTo((byte) (7 * i + 6));
        }
    }

    @Test
    void datasetIsUnpackedOnceAndNotAgain() throws IOException {
        Path npz = new NpzFixture().write(folder.resolve("x.npz"));
        String hash = open(npz);
        Path unpacked = unpacked().resolve(hash).resolve("train.images");
        FileTime made = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(unpacked, made);
        Path copy = Files.copy(npz, folder.resolve("copy.npz"));
        assertThat(open(copy)).isEqualTo(hash);
        assertThat(Files.getLastModifiedTime(unpacked)).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "train.images", "test.labels"})
    void halfWrittenStoreIsMadeAnew(String lost) throws IOException {
        Path npz = new NpzFixture().write(folder.resolve("x.npz"));
        Path whole = unpacked().resolve(open(npz));
        Files.delete(whole.resolve(lost));
        open(npz);
        assertThat(whole.resolve(lost)).exists();
        byte[] manifest = Files.readAllBytes(whole.resolve("manifest.json"));
        for (int tenth = 0; tenth < 10; tenth++) {
            Files.write(whole.resolve("manifest.json"), Arrays.copyOf(manifest, manifest.length * tenth / 10));
            open(npz);
            assertThat(whole.resolve("manifest.json")).hasBinaryContent(manifest);
        }
        Files.write(whole.resolve("val.images"), new byte[3]);
        open(npz);
        assertThat(whole.resolve("val.images")).hasSize(24);
    }

    @Test
    void whatAKilledProcessLeftIsSweptAway() throws IOException {
        Path npz = new NpzFixture().write(folder.resolve("x.npz"));
        String hash = new org.osler.weights.HashMemory(home()).md5(npz);
        Path left = Files.createDirectories(unpacked().resolve("." + hash + ".tmp"));
        Files.write(left.resolve("train.images"), new byte[3]);
        open(npz);
        assertThat(left).doesNotExist();
    }

    @Test
    void manyThreadsUnpackOnce() throws Exception {
        Path npz = new NpzFixture().write(folder.resolve("x.npz"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> {
                try (Dataset dataset = store().open(DatasetSource.of(npz))) {
                    return dataset.count(Split.TRAIN);
                }
            });
        }
        for (Future<Integer> count : threads.invokeAll(tasks)) {
            assertThat(count.get()).isEqualTo(6);
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        try (var left = Files.list(unpacked())) {
            assertThat(left.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    /** 100 MB of images in JVMs whose heaps hold 40 MB; both at the same time agree on one store. */
    @Test
    void twoProcessesWithSmallHeapsShareALargeDataset() throws Exception {
        Path npz = folder.resolve("large.npz");
        BigNpz.write(npz, 100_000, 1000);
        List<Process> processes = List.of(openElsewhere(npz), openElsewhere(npz));
        List<String> told = new ArrayList<>();
        for (Process process : processes) {
            told.add(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            assertThat(process.waitFor()).as(told.toString()).isZero();
        }
        assertThat(told.get(0)).contains("100000 images, sum of the last 199");
        assertThat(told.get(1)).isEqualTo(told.get(0));
        try (var stores = Files.list(unpacked())) {
            assertThat(stores.filter(Files::isDirectory)).hasSize(1);
        }
    }

    private Process openElsewhere(Path npz) throws IOException {
        return new ProcessBuilder(FreshProcess.command(
                        List.of("-Xmx40m"),
                        BigNpz.class,
                        npz.toString(),
                        home().osler().toString()))
                .redirectErrorStream(true)
                .start();
    }

    private String open(Path npz) throws IOException {
        try (Dataset dataset = store().open(DatasetSource.of(npz))) {
            assertThat(dataset.count(Split.TEST)).isEqualTo(4);
            return dataset.hash();
        }
    }

    private Home home() {
        return new Home(folder.resolve("osler"), folder);
    }

    private DatasetStore store() {
        return new DatasetStore(home());
    }

    private Path unpacked() {
        return folder.resolve("osler/datasets/unpacked");
    }
}

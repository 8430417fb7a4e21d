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
import org.osler.InputException;
import org.osler.weights.Home;

/** Files that are no whole archives of the arrays of a dataset, or traps. */
class BadArchivesTest extends WithNpz {

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
}

package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osler.SharedFiles;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.PilBilinear;
import org.osler.data.Split;
import org.osler.data.image.Picture;
import org.osler.data.image.PictureReader;
import org.osler.metric.Task;

/** Folders of images as datasets. */
class OwnImagesTest extends WithOwnImages {

    @Test
    void classFoldersBecomeADatasetOfSquaresDividedByClass() throws Exception {
        OwnFiles.classFolders(data, 20);
        try (Dataset dataset = open(OwnFiles.settings(data))) {
            assertThat(begun).containsExactly("mine · looking at images 40", "mine · decoding images 40");
            assertThat(dataset.task()).isEqualTo(Task.BINARY);
            assertThat(dataset.labelNames()).containsExactly("dark", "light");
            assertThat(dataset.channels()).isEqualTo(1);
            assertThat(List.of(dataset.height(), dataset.width())).containsExactly(32, 32);
            for (var expected :
                    Map.of(Split.TRAIN, 14, Split.VAL, 2, Split.TEST, 4).entrySet()) {
                Split split = expected.getKey();
                assertThat(dataset.count(split)).isEqualTo(2 * expected.getValue());
                long light = Arrays.stream(dataset.labels(split))
                        .filter(row -> row[0] == 1)
                        .count();
                assertThat(light).isEqualTo(expected.getValue().longValue());
                List<String> files =
                        dataset.metadata().column(split, Metadata.IMAGE).orElseThrow();
                for (int i = 0; i < dataset.count(split); i++) {
                    assertThat(files.get(i)).startsWith(dataset.labels(split)[i][0] == 1 ? "light/" : "dark/");
                    byte[] stored = new byte[dataset.images(split).imageBytes()];
                    dataset.images(split).read(i, stored, 0);
                    assertThat(stored).isEqualTo(square(data.resolve(files.get(i))));
                }
            }
        }
        assertThat(notes).anyMatch(note -> note.matches("mine: \\d+ of 40 are not square; fit: stretch"));
    }

    @Test
    void imagesAreDecodedOnceHoweverOftenTheyAreOpened() throws IOException {
        OwnFiles.classFolders(data, 10);
        String hash;
        try (Dataset dataset = open(OwnFiles.settings(data))) {
            hash = dataset.hash();
        }
        begun.clear();
        try (Dataset again = open(OwnFiles.settings(data))) {
            assertThat(again.hash()).isEqualTo(hash);
        }
        assertThat(begun).doesNotContain("mine · decoding images 20");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
        hashOf(OwnFiles.settings(data));
        begun.clear();
        open(OwnFiles.settings(data)).close();
        assertThat(begun).isEmpty();
        Path copy = folder.resolve("elsewhere");
        Files.move(data, copy);
        try (Dataset moved = open(OwnFiles.settings(copy))) {
            assertThat(moved.hash()).isEqualTo(hash);
        }
        assertThat(hashOf(OwnFiles.settings(copy, Columns.USUAL, Optional.empty(), 1, false)))
                .isNotEqualTo(hash);
        OwnFiles.grey(copy.resolve("light/3.png"), 40, 23, 90);
        assertThat(hashOf(OwnFiles.settings(copy))).isNotEqualTo(hash);
    }

    @Test
    void oneColourImageMakesAllOfThemColour() throws IOException {
        OwnFiles.classFolders(data, 10);
        OwnFiles.colour(data.resolve("light/colour.png"), 50, 50, 100);
        try (Dataset dataset = open(OwnFiles.settings(data))) {
            assertThat(dataset.channels()).isEqualTo(3);
        }
    }

    @Test
    void splitFoldersAreTakenAsGivenAndValidationIsDrawnWhereItLacks() throws IOException {
        for (String split : List.of("Train", "test", "validation")) {
            OwnFiles.classFolders(data.resolve(split), split.equals("Train") ? 10 : 3);
        }
        assertThat(OwnImages.read(OwnFiles.settings(data)).size(32).counts())
                .isEqualTo(Map.of(Split.TRAIN, 20, Split.VAL, 6, Split.TEST, 6));
        Files.move(data.resolve("validation"), folder.resolve("away"));
        try (Dataset dataset = open(OwnFiles.settings(data))) {
            assertThat(dataset.count(Split.TEST)).isEqualTo(6);
            // 10 a class, an eighth of them: 1.25.
            assertThat(dataset.count(Split.VAL)).isEqualTo(2);
            assertThat(dataset.count(Split.TRAIN)).isEqualTo(18);
        }
        assertThat(notes)
                .contains("mine: no validation images are given: 2 of the 20 training images were drawn for it");
        OwnFiles.grey(data.resolve("cats/a.png"), 20, 20, 0);
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(data)))
                .hasMessageContaining("holds the split Train beside the class cats");
    }

    @Test
    void busiIsReadByFoldersAndByManifest() throws IOException {
        Path busi = SharedFiles.path("data/busi");
        try (Dataset dataset = open(OwnFiles.settings(busi.resolve("manifest.csv")))) {
            assertThat(Map.of(
                            Split.TRAIN, dataset.count(Split.TRAIN),
                            Split.VAL, dataset.count(Split.VAL),
                            Split.TEST, dataset.count(Split.TEST)))
                    .isEqualTo(Map.of(Split.TRAIN, 546, Split.VAL, 78, Split.TEST, 156));
            assertThat(dataset.labelNames()).containsExactly("benign", "malignant", "normal");
        }
        assertThat(OwnImages.read(OwnFiles.settings(busi)).size(32).images()).isEqualTo(780);
    }

    private static byte[] square(Path file) throws Exception {
        Picture picture;
        try (PictureReader reader = new PictureReader(Optional.empty())) {
            picture = reader.read(file).picture();
        }
        byte[] out = new byte[32 * 32];
        PilBilinear.resize(picture.pixels(), picture.height(), picture.width(), 1, out, 32, 32);
        return out;
    }
}

package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.SharedFiles;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.Metadata;
import org.osler.data.PilBilinear;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.data.image.Picture;
import org.osler.data.image.PictureReader;
import org.osler.metric.Task;
import org.osler.weights.Home;

class OwnImagesTest {

    @TempDir
    private Path folder;

    private Home home;
    private Path data;
    private final List<String> notes = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();

    private final ReadingProgress progress = new ReadingProgress() {
        @Override
        public void begin(String what, int images) {
            begun.add(what + " " + images);
        }

        @Override
        public void step() {
            // Drawn by the command line.
        }

        @Override
        public void end() {
            // Drawn by the command line.
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }
    };

    @BeforeEach
    void places() {
        home = new Home(folder.resolve("home"), folder.resolve("hub"));
        data = folder.resolve("data");
    }

    private Dataset open(ImageSettings settings) throws IOException {
        return new DatasetStore(home).open(OwnImages.read(settings).at(32, home, progress));
    }

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

    private static byte[] square(Path file) throws Exception {
        Picture picture;
        try (PictureReader reader = new PictureReader(Optional.empty())) {
            picture = reader.read(file).picture();
        }
        byte[] out = new byte[32 * 32];
        PilBilinear.resize(picture.pixels(), picture.height(), picture.width(), 1, out, 32, 32);
        return out;
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

    private String hashOf(ImageSettings settings) throws IOException {
        return OwnImages.read(settings).at(32, home, ReadingProgress.SILENT).hash();
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
    void aManifestKeepsGroupsTogetherAndItsColumnsReachable() throws IOException {
        StringBuilder csv = new StringBuilder("\ufefffile;dx;patient;age\r\n");
        for (int i = 0; i < 60; i++) {
            String name = "images/bild " + i + " ü.png";
            OwnFiles.grey(data.resolve(name), 30, 30, i % 3 * 80);
            csv.append("\"%s\";%s;%s;%d\r\n".formatted(name, "abc".charAt(i % 3), i < 57 ? "p" + i / 4 : "", 20 + i));
        }
        Path manifest = Files.writeString(data.resolve("list.csv"), csv);
        var columns = new Columns(Optional.of("file"), List.of("dx"), Optional.empty(), Optional.of("patient"));
        ImageSettings settings = OwnFiles.settings(manifest, columns, Optional.of(new Shares(50, 25, 25)), 3, false);
        try (Dataset dataset = open(settings)) {
            assertThat(dataset.task()).isEqualTo(Task.MULTI_CLASS);
            Metadata metadata = dataset.metadata();
            assertThat(metadata.columns()).containsExactly("image", "dx", "patient", "age");
            assertThat(metadata.groupColumn()).contains("patient");
            Map<String, Split> splitOf = new HashMap<>();
            for (Split split : Split.values()) {
                assertThat(dataset.count(split)).isBetween(11, 34);
                List<String> patients = metadata.column(split, "patient").orElseThrow();
                List<String> ages = metadata.column(split, "age").orElseThrow();
                List<String> images = metadata.column(split, "image").orElseThrow();
                for (int i = 0; i < patients.size(); i++) {
                    assertThat(images.get(i))
                            .isEqualTo("images/bild " + (Integer.parseInt(ages.get(i)) - 20) + " ü.png");
                    if (!patients.get(i).isEmpty()) {
                        assertThat(splitOf.putIfAbsent(patients.get(i), split)).isIn(null, split);
                    }
                }
            }
            assertThat(metadata.column(Split.TEST, "height")).isEmpty();
        }
        String hash = hashOf(settings);
        Files.writeString(manifest, csv.toString().replace(";21\r", ";99\r"));
        try (Dataset dataset = open(settings)) {
            assertThat(dataset.hash()).isEqualTo(hash);
            Set<String> ages = new HashSet<>();
            for (Split split : Split.values()) {
                ages.addAll(dataset.metadata().column(split, "age").orElseThrow());
            }
            assertThat(ages).contains("99").doesNotContain("21");
        }
    }

    @Test
    void severalLabelColumnsAreLabelsOfTheirOwn() throws IOException {
        StringBuilder csv = new StringBuilder("image,label:edema,label:effusion,split\n");
        for (int i = 0; i < 24; i++) {
            OwnFiles.grey(data.resolve(i + ".png"), 30, 30, i);
            csv.append("%d.png,%d,%s,%s\n"
                    .formatted(
                            i,
                            i % 2,
                            i % 3 == 0 ? "1.0" : "0.0",
                            List.of("train", "val", "test").get(i / 8)));
        }
        Path manifest = Files.writeString(data.resolve("manifest.csv"), csv);
        try (Dataset dataset = open(OwnFiles.settings(manifest))) {
            assertThat(dataset.task()).isEqualTo(Task.MULTI_LABEL);
            assertThat(dataset.labelNames()).containsExactly("edema", "effusion");
            assertThat(dataset.labels(Split.TRAIN)[3]).containsExactly(1, 1);
            assertThat(dataset.labels(Split.TRAIN)[4]).containsExactly(0, 0);
        }
        Files.writeString(manifest, csv.toString().replace("5.png,1", "5.png,maybe"));
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest)))
                .hasMessageContaining("5.png: edema is \"maybe\"; a label of several is 0 or 1");
    }

    @Test
    void numbersAsLabelsAreInTheOrderOfTheirValues() throws IOException {
        StringBuilder csv = new StringBuilder("image,label\n");
        for (int i = 0; i < 60; i++) {
            OwnFiles.grey(data.resolve(i + ".png"), 30, 30, i);
            csv.append("%d.png,%d\n".formatted(i, i % 2 == 0 ? 10 : 9));
        }
        Path manifest = Files.writeString(data.resolve("manifest.csv"), csv);
        assertThat(OwnImages.read(OwnFiles.settings(manifest)).labelNames()).containsExactly("9", "10");
    }

    @Test
    void everyBrokenImageIsNamedAndLeftOutWhereThatIsAskedFor() throws IOException {
        OwnFiles.classFolders(data, 20);
        Files.writeString(data.resolve("dark/image 3 ä.png"), "not a picture");
        Files.write(data.resolve("light/7.png"), new byte[0]);
        assertThatThrownBy(() -> open(OwnFiles.settings(data)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data: 2 images cannot be used")
                .hasMessageContaining("dark/image 3 ä.png is no PNG")
                .hasMessageContaining("light/7.png is empty (0 bytes)")
                .hasMessageContaining("--skip-broken");
        ImageSettings skip = OwnFiles.settings(data, Columns.USUAL, Optional.empty(), 0, true);
        for (int time = 0; time < 2; time++) {
            try (Dataset dataset = open(skip)) {
                int all = 0;
                for (Split split : Split.values()) {
                    List<String> files =
                            dataset.metadata().column(split, Metadata.IMAGE).orElseThrow();
                    assertThat(files).hasSize(dataset.count(split)).doesNotContain("light/7.png", "dark/image 3 ä.png");
                    for (int i = 0; i < files.size(); i++) {
                        assertThat(files.get(i)).startsWith(dataset.labels(split)[i][0] == 1 ? "light/" : "dark/");
                    }
                    all += files.size();
                }
                assertThat(all).isEqualTo(38);
            }
        }
        assertThat(notes).anyMatch(note -> note.startsWith("left out: light/7.png is empty"));
    }

    @Test
    void everyWrongLineOfAManifestIsNamed() throws IOException {
        OwnFiles.classFolders(data, 3);
        OwnFiles.grey(folder.resolve("outside.png"), 20, 20, 0);
        Files.createSymbolicLink(data.resolve("link.png"), folder.resolve("outside.png"));
        Path manifest = Files.writeString(data.resolve("manifest.csv"), """
                image,label,split
                light/0.png,light,train
                ../outside.png,dark,train
                /etc/passwd,dark,train
                link.png,dark,train
                light/9.png,light,test
                light/1.png,,val
                light/0.png,dark,test
                light/2.png,light,trian
                light/2.png
                """);
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest)))
                .hasMessageContaining("manifest.csv: 8 lines are wrong")
                .hasMessageContaining("line 3: ../outside.png lies outside of")
                .hasMessageContaining("line 4: /etc/passwd lies outside of")
                .hasMessageContaining("line 5: link.png lies outside of")
                .hasMessageContaining("line 6: there is no file light/9.png")
                .hasMessageContaining("line 7 has no label")
                .hasMessageContaining("line 8: light/0.png is listed a second time, first in line 2")
                .hasMessageContaining("line 9: split \"trian\" should be train, val or test")
                .hasMessageContaining("line 10 has 1 values; there are 3 columns");
        Files.writeString(manifest, "picture,label\na.png,x\n");
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest)))
                .hasMessageContaining("has no column \"image\"; it has picture, label");
        Files.write(manifest, new byte[] {'i', 'm', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(manifest))).hasMessageContaining("UTF-8");
    }

    @Test
    void linksOutOfTheFolderAreRefusedAndEmptyClassesNamed() throws IOException {
        OwnFiles.classFolders(data, 3);
        Files.createDirectories(data.resolve("none"));
        OwnFiles.grey(folder.resolve("outside.png"), 20, 20, 0);
        Files.createSymbolicLink(data.resolve("light/link.png"), folder.resolve("outside.png"));
        Files.createSymbolicLink(data.resolve("light/all"), folder);
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(data)))
                .hasMessageContaining("light/link.png is a link that leads out of the folder")
                .hasMessageContaining("light/all is a link to a folder");
        Files.delete(data.resolve("light/link.png"));
        Files.delete(data.resolve("light/all"));
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(data))).hasMessageContaining("none holds no images");
    }

    @Test
    void tooFewImagesAreSaidPlainly() throws IOException {
        OwnFiles.grey(data.resolve("a.png"), 20, 20, 0);
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(data))).hasMessageContaining("no class folders");
        OwnFiles.classFolders(data, 1);
        assertThatThrownBy(() -> OwnImages.read(OwnFiles.settings(data))).hasMessageContaining("has no val images");
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
}

package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** When two datasets of one's own images are the same, and that what is not there is not made up. */
class SameDatasetTest {

    @TempDir
    private Path folder;

    private Home home;
    private Path data;

    @BeforeEach
    void places() {
        home = new Home(folder.resolve("home"), folder.resolve("hub"));
        data = folder.resolve("data");
    }

    private String hash(ImageSettings settings) throws IOException {
        return OwnImages.read(settings).at(32, home, ReadingProgress.SILENT).hash();
    }

    @Test
    void columnsOfSeveralLabelsAreTakenByTheirNamesInWhateverOrderTheyAreNamed() throws IOException {
        StringBuilder csv = new StringBuilder("image,label:edema,label:effusion,split\n");
        for (int i = 0; i < 12; i++) {
            OwnFiles.grey(data.resolve(i + ".png"), 30, 30, i);
            csv.append("%d.png,%d,%d,%s\n"
                    .formatted(
                            i,
                            i % 2,
                            i % 4 == 0 ? 1 : 0,
                            List.of("train", "val", "test").get(i / 4)));
        }
        ImageSettings settings = OwnFiles.settings(Files.writeString(data.resolve("manifest.csv"), csv));
        ImageSettings turned = settings.as(Optional.of(Task.MULTI_LABEL), List.of("effusion", "edema"));
        ImageSettings renamed = settings.as(Optional.of(Task.MULTI_LABEL), List.of("water", "pus"));
        // The first image has effusion and no edema, the second edema and no effusion.
        assertThat(OwnImages.read(settings).labels().get(Split.TRAIN)[0]).containsExactly(0, 1);
        assertThat(OwnImages.read(turned).labels().get(Split.TRAIN)[0]).containsExactly(1, 0);
        assertThat(OwnImages.read(turned).labels().get(Split.TRAIN)[1]).containsExactly(0, 1);
        assertThat(OwnImages.read(renamed).labels().get(Split.TRAIN)[0]).containsExactly(0, 1);
        assertThat(OwnImages.read(renamed).labelNames()).containsExactly("water", "pus");
    }

    @Test
    void anotherTaskIsAnotherDataset() throws IOException {
        ImageSettings settings = OwnFiles.settings(OwnFiles.classFolders(data, 20));
        List<String> names = List.of("dark", "light");
        assertThat(Stream.of(
                                settings,
                                settings.as(Optional.of(Task.BINARY), names),
                                settings.as(Optional.of(Task.MULTI_CLASS), names),
                                settings.as(Optional.of(Task.ORDINAL), names))
                        .map(each -> {
                            try {
                                return hash(each);
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        }))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsRememberedOfContentsIsBelievedOnlyIfItIsAHash() throws IOException {
        ImageSettings settings = OwnFiles.settings(OwnFiles.classFolders(data, 20));
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
            }
        }
        String hash = hash(settings);
        try (Stream<Path> notes = Files.list(home.osler().resolve("hashes"))) {
            Path note = notes.filter(path -> path.toString().endsWith(".images"))
                    .findFirst()
                    .orElseThrow();
            String remembered = Files.readString(note);
            Files.writeString(note, remembered.replace(remembered.charAt(0), remembered.charAt(0) == 'a' ? 'b' : 'a'));
            assertThat(hash(settings)).as("it is remembered").isNotEqualTo(hash);
            Files.writeString(note, remembered.substring(0, 20));
            assertThat(hash(settings)).as("cut short").isEqualTo(hash);
            assertThat(note).hasContent(remembered);
        }
    }

    @Test
    void aSplitOfWhichNothingIsLeftIsSaid() throws IOException {
        for (int i = 0; i < 6; i++) {
            for (String label : List.of("dark", "light")) {
                OwnFiles.grey(data.resolve("train/" + label + "/" + i + ".png"), 30, 30, 10 * i);
                OwnFiles.grey(data.resolve("val/" + label + "/" + i + ".png"), 30, 30, 10 * i);
                Path broken = data.resolve("test/" + label + "/" + i + ".png");
                Files.createDirectories(broken.getParent());
                Files.writeString(broken, "no image");
            }
        }
        ImageSettings skip = OwnFiles.settings(data, Columns.USUAL, Optional.empty(), 0, true);
        for (int time = 0; time < 2; time++) { // nothing half-made is left behind that a second run would take
            assertThatThrownBy(() -> open(skip).close())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("has no test images; every split needs some");
        }
    }

    private Dataset open(ImageSettings settings) throws IOException {
        return new DatasetStore(home).open(OwnImages.read(settings).at(32, home, ReadingProgress.SILENT));
    }
}

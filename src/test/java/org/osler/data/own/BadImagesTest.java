package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.Split;

/** Folders of images that are broken, lie elsewhere or are too few. */
class BadImagesTest extends WithOwnImages {

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
}

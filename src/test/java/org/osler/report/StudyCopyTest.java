package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCopyTest {

    @TempDir
    Path folder;

    @Test
    void comesBackAsItWasKept() throws IOException {
        var copy = new StudyCopy("./osler run s.yaml --set seeds=[0]", "study: s\n# é\n");
        copy.keep(folder);
        assertThat(StudyCopy.of(folder)).isEqualTo(copy);
    }

    @Test
    void aFolderWithoutOneHasNeitherCommandNorStudy() throws IOException {
        assertThat(StudyCopy.of(folder)).isEqualTo(new StudyCopy("", ""));
    }

    @Test
    void theStudysNameIsTheOneItsFileSays() {
        assertThat(new StudyCopy("", "# study: no\nstudy: breast-2 # yes\nseeds: [0]\n").name())
                .contains("breast-2");
        assertThat(new StudyCopy("", "").name()).isEmpty();
    }

    @Test
    void aStudyPutThereByHandHasNoCommand() throws IOException {
        Files.writeString(folder.resolve(StudyCopy.FILE), "study: s\n");
        assertThat(StudyCopy.of(folder)).isEqualTo(new StudyCopy("", "study: s\n"));
    }
}

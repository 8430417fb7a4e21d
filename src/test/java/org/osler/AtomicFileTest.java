package org.osler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void committedFileReplacesTheOldOneAndLeavesNothingElse() throws IOException {
        Path target = folder.resolve("new/table.csv");
        AtomicFile.write(target, "old");
        AtomicFile.write(target, "ä new one");
        assertThat(target).hasContent("ä new one");
        assertThat(target.getParent()).isDirectoryContaining("glob:**table.csv");
        try (var files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void abandonedFileLeavesTheOldOneAsItWas() throws IOException {
        Path target = folder.resolve("table.csv");
        AtomicFile.write(target, "old");
        try (var file = AtomicFile.create(target)) {
            file.stream().write(new byte[] {1, 2, 3});
        }
        assertThat(target).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void bareFileNameGoesIntoTheCurrentFolder() throws IOException {
        Path bare = Path.of("osler-atomic-file-test.tmp");
        try (var file = AtomicFile.create(bare)) {
            assertThat(file.channel().isOpen()).isTrue();
        }
        assertThat(bare).doesNotExist();
    }
}

package org.osler.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes of "abc" and of nothing: RFC 1321 and FIPS 180-4. */
class HashMemoryTest {

    private static final String SHA_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2025-01-24T08:00:00Z"));

    @TempDir
    private Path folder;

    private Path file;
    private HashMemory memory;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(folder.resolve("a b.npz"), "abc");
        Files.setLastModifiedTime(file, LONG_AGO);
        memory = new HashMemory(new Home(folder.resolve("home"), folder));
    }

    @Test
    void hashesAreThoseOfTheStandards() throws IOException {
        assertThat(Hashes.sha256(file)).isEqualTo(SHA_ABC);
        assertThat(Hashes.md5(file)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(Hashes.md5(Files.createFile(folder.resolve("empty")))).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @Test
    void rememberedHashIsNotComputedAgain() throws IOException {
        assertThat(memory.sha256(file)).isEqualTo(SHA_ABC);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, LONG_AGO);
        assertThat(memory.sha256(file))
                .as("same place, length and time of change")
                .isEqualTo(SHA_ABC);
        assertThat(memory.md5(file)).as("the other hash").isEqualTo(Hashes.md5(file));
    }

    @Test
    void noteThatWasCutShortOrAlteredCountsAsNone() throws IOException {
        memory.sha256(file);
        Path note;
        try (var notes = Files.list(folder.resolve("home/hashes"))) {
            note = notes.toList().get(0);
        }
        byte[] whole = Files.readAllBytes(note);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(note, Arrays.copyOf(whole, length));
            assertThat(memory.sha256(file)).isEqualTo(SHA_ABC);
        }
        byte[] altered = whole.clone();
        altered[whole.length - 3] = (byte) 0xff;
        Files.write(note, altered);
        assertThat(memory.sha256(file)).isEqualTo(SHA_ABC);
    }

    @Test
    void changedFileIsHashedAnew() throws IOException {
        memory.sha256(file);
        Files.writeString(file, "xyz");
        assertThat(memory.sha256(file)).isEqualTo(Hashes.sha256(file)).isNotEqualTo(SHA_ABC);
    }

    @Test
    void fileChangedJustNowIsNotRemembered() throws IOException {
        Files.writeString(file, "abc");
        memory.sha256(file);
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void homeThatCannotBeWrittenCostsOnlyTheMemory() throws IOException {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        var forgetful = new HashMemory(new Home(notAFolder.resolve("home"), folder));
        assertThat(forgetful.sha256(file)).isEqualTo(SHA_ABC);
    }
}

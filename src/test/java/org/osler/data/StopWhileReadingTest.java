package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.weights.ByteProgress;
import org.osler.weights.HashMemory;
import org.osler.weights.Home;

/** Large files are hashed, unpacked and checked in sight of whoever may stop that; what is stopped leaves nothing. */
class StopWhileReadingTest {

    private static final int LARGE = 70_000_000;

    @TempDir
    private Path folder;

    /** Ends the reading of the file that it is told of, halfway. */
    private static final class Stopping implements ByteProgress {
        private final String at;
        private final List<String> heard = new ArrayList<>();

        private Stopping(String at) {
            this.at = at;
        }

        @Override
        public Bar begin(String what, long bytes) {
            heard.add(what);
            return new Bar() {
                private long read;

                @Override
                public void step(long count) {
                    read += count;
                    assertThat(count).as("a block is soon over").isLessThanOrEqualTo(1 << 20);
                    if (what.startsWith(at) && read > bytes / 2) {
                        throw new IllegalStateException("stopped");
                    }
                }

                @Override
                public void close() {
                    heard.add("closed");
                }
            };
        }
    }

    @Test
    void hashing() throws IOException {
        Path file = folder.resolve("large.safetensors");
        try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
            zeros.setLength(LARGE);
        }
        Stopping stopping = new Stopping("hashing");
        assertThatThrownBy(() -> new HashMemory(home(), stopping).sha256(file)).hasMessage("stopped");
        assertThat(stopping.heard).containsExactly("hashing large.safetensors", "closed");
        assertThat(folder.resolve("osler/hashes")).doesNotExist();
        // head -c 70000000 /dev/zero | sha256sum
        assertThat(new HashMemory(home(), new Stopping("nothing")).sha256(file))
                .isEqualTo("62dce4acfa2d557b3bdaf1cfdd4167adfb9742be670660c827833f2873fb9e33");
    }

    @Test
    void unpackingAndChecking() throws IOException {
        Path npz = folder.resolve("large.npz");
        BigNpz.write(npz, LARGE / 1000, 1000);
        Stopping unpacking = new Stopping("unpacking");
        assertThatThrownBy(() -> open(npz, unpacking)).hasMessage("stopped");
        assertThat(unpacking.heard).containsExactly("unpacking large.npz", "closed");
        try (var left = Files.list(folder.resolve("osler/datasets/unpacked"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
        Stopping checking = new Stopping("checking");
        try (Dataset dataset = open(npz, checking)) {
            assertThatThrownBy(() -> dataset.images(Split.TRAIN)).hasMessage("stopped");
            assertThat(dataset.images(Split.VAL).count()).isEqualTo(10);
            assertThat(checking.heard).endsWith("checking train.images", "closed");
        }
        Stopping nothing = new Stopping("nothing");
        try (Dataset dataset = open(npz, nothing)) {
            assertThat(dataset.images(Split.TRAIN).count()).isEqualTo(LARGE / 1000);
            assertThat(nothing.heard).containsExactly("checking train.images", "closed");
            dataset.images(Split.TRAIN);
            assertThat(nothing.heard).as("once").hasSize(2);
        }
    }

    private Dataset open(Path npz, ByteProgress progress) throws IOException {
        return new DatasetStore(home(), progress).open(DatasetSource.of(npz));
    }

    private Home home() {
        return new Home(folder.resolve("osler"), folder);
    }
}

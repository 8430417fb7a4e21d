package org.osler.data.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.train.StoppedException;
import org.osler.weights.Home;

/** Images are looked at and decoded in sight of whoever may stop that; what is stopped leaves nothing. */
class StopWhileDecodingTest {

    @TempDir
    private Path folder;

    /** Ends one kind of work at its fifth image. */
    private static final class Stopping implements ReadingProgress {
        private final String at;
        private final AtomicInteger steps = new AtomicInteger();
        private volatile String work;
        private volatile boolean ended;

        private Stopping(String at) {
            this.at = at;
        }

        @Override
        public void begin(String what, int images) {
            work = what;
            steps.set(0);
        }

        @Override
        public void step() {
            if (steps.incrementAndGet() >= 5 && work.endsWith(at)) {
                throw new StoppedException("stopped");
            }
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void note(String line) {
            // Not looked at.
        }
    }

    @Test
    void whatIsStoppedBeginsAnew() throws IOException {
        Path images = OwnFiles.classFolders(folder.resolve("images"), 60);
        for (String at : new String[] {"looking at images", "decoding images"}) {
            Stopping stopping = new Stopping(at);
            assertThatThrownBy(() -> open(images, stopping))
                    .isInstanceOf(StoppedException.class)
                    .hasMessage("stopped");
            assertThat(stopping.ended).isTrue();
            assertThat(stopping.steps.get())
                    .as(at + ": others end after the image under way")
                    .isLessThan(60);
            Path unpacked = folder.resolve("osler/datasets/unpacked");
            if (Files.exists(unpacked)) {
                try (var left = Files.list(unpacked)) {
                    assertThat(left.filter(Files::isDirectory)).isEmpty();
                }
            }
        }
        try (Dataset dataset = open(images, ReadingProgress.SILENT)) {
            assertThat(dataset.count(Split.TRAIN) + dataset.count(Split.VAL) + dataset.count(Split.TEST))
                    .isEqualTo(120);
        }
    }

    private Dataset open(Path images, ReadingProgress progress) throws IOException {
        var home = new Home(folder.resolve("osler"), folder);
        return new DatasetStore(home)
                .open(OwnImages.read(OwnFiles.settings(images)).at(32, home, progress));
    }
}

package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.encoder.Encoder;

/** A stop is heard within a batch of validations and tests, too, and changes no number. */
class StopWhileEvaluatingTest {

    /** 40 images to train on are five steps an epoch, 70 to validate or test on two batches; there are two epochs. */
    private static final Recipe RECIPE = Recipes.wu2025(10, 8, 10, 5);

    /** When it is asked: at the beginning; 5 steps, 2 batches; 5 steps, 2 batches; 2 batches of the best, 2 of the test. */
    private static final int ASKED = 1 + 5 + 2 + 5 + 2 + 2 + 2;

    @TempDir
    private Path folder;

    /** Stops at the n-th time it is asked. */
    private static final class Stopping implements Progress {
        private final int at;
        private final List<Long> heard = new ArrayList<>();

        private Stopping(int at) {
            this.at = at;
        }

        @Override
        public Bar begin(String what, long steps) {
            return new Bar() {
                @Override
                public void step(long count) {
                    heard.add(count);
                    if (heard.size() == at) {
                        throw new StoppedException("interrupted");
                    }
                }

                @Override
                public void close() {
                    // Nothing was drawn.
                }
            };
        }
    }

    @Test
    void aRunStoppedAnywhereGoesOnToTheSameNumbers() throws IOException {
        try (Dataset dataset = SmallTraining.phantom(folder, 40, 70)) {
            Stopping none = new Stopping(0);
            Fit unbroken = run(dataset, "unbroken", none);
            assertThat(unbroken.curve()).hasSize(2);
            assertThat(none.heard).hasSize(ASKED);
            // A step; both batches of a validation; the last of the other one; the best one's, and the test's last.
            for (int at : new int[] {4, 7, 8, 15, 16, ASKED}) {
                String place = "stopped-" + at;
                Stopping stopping = new Stopping(at);
                assertThatThrownBy(() -> run(dataset, place, stopping)).isInstanceOf(StoppedException.class);
                Stopping rest = new Stopping(0);
                Fit resumed = run(dataset, place, rest);
                assertThat(resumed.curve()).as(place).isEqualTo(unbroken.curve());
                assertThat(resumed.valScores()).as(place).isDeepEqualTo(unbroken.valScores());
                assertThat(resumed.testScores()).as(place).isDeepEqualTo(unbroken.testScores());
                if (at <= 15) {
                    long done =
                            stopping.heard.stream().mapToLong(count -> count).sum();
                    assertThat(rest.heard.get(0)).as(place + ": steps kept").isEqualTo(done);
                }
            }
        }
    }

    /** Checkpoints come with a stop only. */
    private Fit run(Dataset dataset, String place, Progress progress) throws IOException {
        try (Encoder encoder = SmallTraining.randomEncoder("resnet18");
                Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ofHours(1))) {
            return FineTune.run(
                    encoder,
                    SmallTraining.images(dataset, encoder),
                    SmallTraining.END_TO_END,
                    RECIPE,
                    checkpoints,
                    progress);
        }
    }
}

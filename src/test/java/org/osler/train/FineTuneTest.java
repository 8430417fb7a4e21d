package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Resize;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.metric.Task;
import org.osler.weights.Home;

class FineTuneTest {

    private static final Recipe RECIPE = Recipes.wu2025(40, 8, 10, 5);
    private static final FineTune.Settings SETTINGS = FineTune.Settings.endToEnd(3, 1e-3, 1e-4);

    @TempDir
    private Path folder;

    private Dataset dataset;

    @BeforeEach
    void draw() throws IOException {
        PhantomSpec spec = new PhantomSpec(Task.BINARY, 2, 1, 28, 40, 12, 12, 5);
        dataset = new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub")))
                .open(Phantoms.source("phantom", spec, folder));
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void aRunThatBreaksOffGoesOnToTheSameNumbers() throws IOException {
        Fit unbroken = run("resnet18", "unbroken", Progress.SILENT);
        assertThatThrownBy(() -> run("resnet18", "broken", breaksAfter(29)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken off");
        assertThat(folder.resolve("broken/last.safetensors")).exists();
        Fit resumed = run("resnet18", "broken", Progress.SILENT);
        assertThat(resumed.curve()).isEqualTo(unbroken.curve());
        assertThat(resumed.best()).isEqualTo(unbroken.best());
        assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
    }

    /** One batch an epoch, so that the very first checkpoint would fall between a step and its validation. */
    @Test
    void aValidationIsNotSkippedByARunThatBreaksOffBeforeIt() throws IOException {
        Recipe wholeSet = Recipes.wu2025(4, 40, 10, 5);
        Fit unbroken = run("resnet18", "unbroken", wholeSet, Progress.SILENT);
        assertThatThrownBy(() -> run("resnet18", "broken", wholeSet, breaksAfter(0)))
                .hasMessage("broken off");
        Fit resumed = run("resnet18", "broken", wholeSet, Progress.SILENT);
        assertThat(resumed.curve()).isEqualTo(unbroken.curve());
    }

    /** Three batches an epoch, the last of 8 images; the loss on validation decides, and ends the run. */
    @Test
    void aRunThatStopsEarlyGoesOnToTheSameNumbers() throws IOException {
        Recipe recipe = Recipes.with(Recipe.doerrich2024(), 30, 16);
        Fit unbroken = run("resnet18", "unbroken", recipe, Progress.SILENT);
        int epochs = unbroken.curve().size();
        assertThat(epochs).isLessThan(30).isEqualTo(unbroken.best().epoch() + 5);
        assertThatThrownBy(() -> run("resnet18", "broken", recipe, breaksAfter(3L * epochs - 8)))
                .hasMessage("broken off");
        Fit resumed = run("resnet18", "broken", recipe, Progress.SILENT);
        assertThat(resumed.curve()).isEqualTo(unbroken.curve());
        assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
        // Stopped, and killed before the result was committed: nothing is trained any more.
        Fit again = run("resnet18", "broken", recipe, Progress.SILENT);
        assertThat(again.curve()).isEqualTo(unbroken.curve());
        assertThat(again.testScores()).isDeepEqualTo(unbroken.testScores());
    }

    @Test
    void aCheckpointOfAnotherTrialIsNotUsed() throws IOException {
        Fit unbroken = run("vit_tiny_patch16_224", "one", Progress.SILENT);
        assertThatThrownBy(() -> run("vit_tiny_patch16_224", "two", breaksAfter(9)))
                .hasMessage("broken off");
        try (Encoder encoder = encoder("vit_tiny_patch16_224");
                Checkpoints other = new Checkpoints(folder.resolve("two"), "another", Duration.ZERO)) {
            Fit fit = FineTune.run(encoder, data(encoder), SETTINGS, RECIPE, other, Progress.SILENT);
            assertThat(fit.testScores()).isDeepEqualTo(unbroken.testScores());
        }
    }

    private Fit run(String name, String place, Progress progress) throws IOException {
        return run(name, place, RECIPE, progress);
    }

    private Fit run(String name, String place, Recipe recipe, Progress progress) throws IOException {
        try (Encoder encoder = encoder(name);
                Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ZERO)) {
            return FineTune.run(encoder, data(encoder), SETTINGS, recipe, checkpoints, progress);
        }
    }

    private static Encoder encoder(String name) throws IOException {
        return EncoderWeights.open(EncoderCatalog.find(name).orElseThrow(), 32, Optional.empty());
    }

    private ImageSet data(Encoder encoder) {
        return ImageSet.of(
                dataset, FeatureExtractor.range(0, 40), encoder.card().preprocessing(32, Resize.SCALE));
    }

    private static Progress breaksAfter(long steps) {
        return (what, total) -> new Progress.Bar() {
            private long done;

            @Override
            public void step(long count) {
                done += count;
                if (done > steps) {
                    throw new IllegalStateException("broken off");
                }
            }

            @Override
            public void close() {
                // Nothing was drawn.
            }
        };
    }
}

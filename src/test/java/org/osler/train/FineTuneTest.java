package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.encoder.Encoder;
import org.osler.tensor.DType;

class FineTuneTest {

    private static final Recipe RECIPE = Recipes.wu2025(40, 8, 10, 5);

    @TempDir
    private Path folder;

    private Dataset dataset;

    private DType computesIn = DType.FLOAT32;

    @BeforeEach
    void draw() throws IOException {
        dataset = SmallTraining.phantom(folder, 40, 12);
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void aRunThatBreaksOffGoesOnToTheSameNumbers() throws IOException {
        Fit unbroken = run("resnet18", "unbroken", Progress.SILENT);
        assertThatThrownBy(() -> run("resnet18", "broken", Ending.breaksAfter(30)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken off");
        assertThat(folder.resolve("broken/last.safetensors")).exists();
        Fit resumed = run("resnet18", "broken", Progress.SILENT);
        assertThat(resumed.curve()).isEqualTo(unbroken.curve());
        assertThat(resumed.best()).isEqualTo(unbroken.best());
        assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
    }

    @Test
    void aRunInBfloat16ThatBreaksOffGoesOnToTheSameNumbers() throws IOException {
        computesIn = DType.BFLOAT16;
        for (String name : List.of("resnet18", "vit_tiny_patch16_224")) {
            Fit unbroken = run(name, "unbroken " + name, Progress.SILENT);
            assertThatThrownBy(() -> run(name, "broken " + name, Ending.breaksAfter(30)))
                    .hasMessage("broken off");
            Fit resumed = run(name, "broken " + name, Progress.SILENT);
            assertThat(resumed.curve()).isEqualTo(unbroken.curve());
            assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
        }
    }

    /** One batch an epoch, so that the very first checkpoint would fall between a step and its validation. */
    @Test
    void aValidationIsNotSkippedByARunThatBreaksOffBeforeIt() throws IOException {
        Recipe wholeSet = Recipes.wu2025(4, 40, 10, 5);
        Fit unbroken = run("resnet18", "unbroken", wholeSet, Progress.SILENT);
        assertThatThrownBy(() -> run("resnet18", "broken", wholeSet, Ending.breaksAfter(1)))
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
        assertThatThrownBy(() -> run("resnet18", "broken", recipe, Ending.breaksAfter(3L * epochs - 7)))
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
        assertThatThrownBy(() -> run("vit_tiny_patch16_224", "two", Ending.breaksAfter(10)))
                .hasMessage("broken off");
        try (Encoder encoder = SmallTraining.randomEncoder("vit_tiny_patch16_224");
                Checkpoints other = new Checkpoints(folder.resolve("two"), "another", Duration.ZERO)) {
            Fit fit = FineTune.run(
                    encoder,
                    SmallTraining.images(dataset, encoder),
                    SmallTraining.END_TO_END,
                    RECIPE,
                    other,
                    Progress.SILENT);
            assertThat(fit.testScores()).isDeepEqualTo(unbroken.testScores());
        }
    }

    private Fit run(String name, String place, Progress progress) throws IOException {
        return run(name, place, RECIPE, progress);
    }

    private Fit run(String name, String place, Recipe recipe, Progress progress) throws IOException {
        try (Encoder encoder = SmallTraining.randomEncoder(name);
                Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ZERO)) {
            encoder.parameters().computeIn(computesIn);
            return FineTune.run(
                    encoder,
                    SmallTraining.images(dataset, encoder),
                    SmallTraining.END_TO_END,
                    recipe,
                    checkpoints,
                    progress);
        }
    }
}

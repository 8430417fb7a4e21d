package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.encoder.Encoder;
import org.osler.nn.Mode;
import org.osler.tensor.Tensor;

/** Fine-tuning where a whole batch does not fit into memory. */
class ShortMemoryTest {

    private static final Recipe RECIPE = Recipes.wu2025(12, 8, 10, 3);

    @TempDir
    private Path folder;

    private Dataset dataset;

    @BeforeEach
    void draw() throws IOException {
        dataset = SmallTraining.phantom(folder, 24, 12);
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void batchInPartsGivesTheWholeBatchsResultButForRounding() throws IOException {
        Fit whole = run("vit_tiny_patch16_224", Integer.MAX_VALUE, "whole", Progress.SILENT);
        Fit parts = run("vit_tiny_patch16_224", 3, "parts", Progress.SILENT); // 8 → 4 → 2
        for (int i = 0; i < whole.curve().size(); i++) {
            double loss = whole.curve().get(i).trainLoss();
            assertThat(parts.curve().get(i).trainLoss()).isCloseTo(loss, within(1e-4 * loss));
        }
        for (int i = 0; i < whole.testScores().length; i++) {
            assertThat(parts.testScores()[i]).containsExactly(whole.testScores()[i], within(1e-3));
        }
        assertThat(parts.testScores()).isNotEqualTo(whole.testScores());
    }

    @Test
    void continuationKeepsToThePartsThatWereFound() throws IOException {
        Fit unbroken = run("vit_tiny_patch16_224", 3, "unbroken", Progress.SILENT);
        assertThatThrownBy(() -> run("vit_tiny_patch16_224", 3, "broken", Ending.stopsAfter(7)))
                .isInstanceOf(StoppedException.class);
        Fit resumed = run("vit_tiny_patch16_224", Integer.MAX_VALUE, "broken", Progress.SILENT);
        assertThat(resumed.curve()).isEqualTo(unbroken.curve());
        assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
    }

    @Test
    void batchNormIsNotTakenInPartsAndTheReasonIsSaid() {
        assertThatThrownBy(() -> run("resnet18", 3, "norm", Progress.SILENT))
                .isInstanceOf(TooLargeBatchException.class)
                .hasMessage(
                        "out of memory at 8 images a step; resnet18.a1_in1k has batch norm, whose statistics are those of"
                                + " the whole batch, so it cannot be taken in parts: choose a smaller recipe.batch or input");
    }

    @Test
    void singleImageThatDoesNotFitIsTheEnd() {
        assertThatThrownBy(() -> run("vit_tiny_patch16_224", 0, "none", Progress.SILENT))
                .isInstanceOf(TooLargeBatchException.class)
                .hasMessageStartingWith("out of memory even at a single image a step");
    }

    private Fit run(String name, int room, String place, Progress progress) throws IOException {
        try (Encoder encoder = new Cramped(SmallTraining.randomEncoder(name), room);
                Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ofHours(1))) {
            ImageSet images = SmallTraining.images(dataset, encoder);
            return FineTune.run(encoder, images, SmallTraining.END_TO_END, RECIPE, checkpoints, progress);
        }
    }

    /** Trains on so many images at once and no more. */
    private static final class Cramped extends WrappedEncoder {
        private final int room;

        private Cramped(Encoder inner, int room) {
            super(inner);
            this.room = room;
        }

        @Override
        public Tensor features(Tensor images, Mode mode) {
            if (mode == Mode.TRAIN && images.size(0) > room) {
                throw new RuntimeException(
                        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.");
            }
            return super.features(images, mode);
        }
    }
}

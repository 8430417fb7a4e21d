package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.metric.Task;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Tensor;
import org.osler.weights.Home;

/** Fine-tuning where a whole batch does not fit into memory. */
class ShortMemoryTest {

    private static final Recipe RECIPE = Recipes.wu2025(12, 8, 10, 3);
    private static final FineTune.Settings SETTINGS = FineTune.Settings.endToEnd(3, 1e-3, 1e-4);

    @TempDir
    private Path folder;

    private Dataset dataset;

    @BeforeEach
    void draw() throws IOException {
        PhantomSpec spec = new PhantomSpec(Task.BINARY, 2, 1, 28, 24, 12, 12, 5);
        dataset = new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub")))
                .open(Phantoms.source("phantom", spec, folder));
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
        assertThatThrownBy(() -> run("vit_tiny_patch16_224", 3, "broken", stopsAfter(7)))
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
        EncoderCard card = EncoderCatalog.find(name).orElseThrow();
        try (Encoder encoder = new Cramped(EncoderWeights.open(card, 32, Optional.empty()), room);
                Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ofHours(1))) {
            ImageSet data = ImageSet.of(dataset, FeatureExtractor.range(0, 24), card.preprocessing(32, Resize.SCALE));
            return FineTune.run(encoder, data, SETTINGS, RECIPE, checkpoints, progress);
        }
    }

    private static Progress stopsAfter(long steps) {
        return (what, total) -> new Progress.Bar() {
            private long done;

            @Override
            public void step(long count) {
                done += count;
                if (done >= steps) {
                    throw new StoppedException("interrupted");
                }
            }

            @Override
            public void close() {
                // Nothing was drawn.
            }
        };
    }

    /** Trains on so many images at once and no more. */
    private record Cramped(Encoder inner, int room) implements Encoder {

        @Override
        public Tensor features(Tensor images, Mode mode) {
            if (mode == Mode.TRAIN && images.size(0) > room) {
                throw new RuntimeException(
                        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.");
            }
            return inner.features(images, mode);
        }

        @Override
        public EncoderCard card() {
            return inner.card();
        }

        @Override
        public int input() {
            return inner.input();
        }

        @Override
        public Parameters parameters() {
            return inner.parameters();
        }

        @Override
        public HeadInit headInit() {
            return inner.headInit();
        }
    }
}

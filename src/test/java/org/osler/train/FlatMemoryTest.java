package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.FreshProcess;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.DType;
import org.osler.tensor.ResidentMemory;

/** Resident memory of long training, in a process whose heap is wholly resident from the start. */
class FlatMemoryTest {

    private static final int WARM_UP = 50;
    private static final int STEPS = 1000;

    @TempDir
    private Path folder;

    /** Fine-tuning, and probing while batch norm drifts. */
    @ParameterizedTest
    @CsvSource({"vit_tiny_patch16_224, true", "resnet18, false"})
    void aThousandStepsLeaveMemoryFlat(String encoder, boolean trained) throws IOException, InterruptedException {
        String output = FreshProcess.output(Child.class, folder.toString(), encoder, Boolean.toString(trained));
        // One gradient kept a step would make 20 GB, one input of every layer 2 GB; what is allowed is compiled code
        // and the allocator's slack.
        assertThat(Long.parseLong(output))
                .as("bytes grown from step %d to step %d", WARM_UP, STEPS)
                .isLessThan(32L << 20);
    }

    /** A frozen pass keeps no layer's results beyond the next: 230 MB for 64 images; with all of them it would be 1,100. */
    @Test
    void aPassHoldsAFewLayersAtATime() throws IOException, InterruptedException {
        long bytes = Long.parseLong(FreshProcess.output(Pass.class));
        assertThat(bytes >> 20).as("MiB that a pass adds").isLessThan(500);
    }

    /** Prints how far a pass takes resident memory beyond what a single image needs. */
    static final class Pass {

        private Pass() {}

        public static void main(String[] arguments) {
            EncoderCard card = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
            Images images = Images.of(64, 32, 32, 3, new byte[64 * 32 * 32 * 3]);
            try (Encoder encoder = card.build(224)) {
                encoder.parameters().initialise(0);
                encoder.parameters().freeze(DType.FLOAT32);
                Preprocessing preprocessing = card.preprocessing(224, Resize.SCALE);
                FeatureExtractor.batch(encoder, images, preprocessing, 0);
                long before = ResidentMemory.peak().orElseThrow();
                FeatureExtractor.batch(encoder, images, preprocessing, FeatureExtractor.range(0, 64));
                System.out.println(ResidentMemory.peak().orElseThrow() - before);
            }
        }
    }

    /** Trains and prints by how many bytes its resident memory grew after the first steps. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Recipe recipe = Recipes.wu2025(STEPS, 8, 200, 10);
            try (Dataset dataset = SmallTraining.phantom(folder, 40, 12);
                    Encoder encoder = SmallTraining.randomEncoder(arguments[1]);
                    FineTune run = new FineTune(
                            encoder,
                            SmallTraining.images(dataset, encoder),
                            Boolean.parseBoolean(arguments[2])
                                    ? FineTune.Settings.endToEnd(0, 1e-3, 1e-4)
                                    : FineTune.Settings.headOnly(0, 1e-3),
                            recipe,
                            BatchOrder.shuffled(0))) {
                int[] order = BatchOrder.shuffled(0).epoch(0, 40);
                long before = 0;
                for (int i = 1; i <= STEPS; i++) {
                    run.step(order);
                    if (i == WARM_UP) {
                        before = Pointer.physicalBytes();
                    }
                }
                System.out.println(Pointer.physicalBytes() - before);
            }
        }
    }
}

package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.tensor.Adam;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Learning rates and optimisers against PyTorch's and timm's, see train_schedule_goldens.py; lengths by hand. */
class ScheduleTest {

    private static final int EPOCHS = 100;
    private static final int BATCHES = 7;

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = ScheduleTest.class.getResourceAsStream("/golden/train/schedules.json")) {
            return new ObjectMapper().readTree(in).get(name);
        }
    }

    private static void assertFollows(LearningRateSchedule schedule, String name) throws IOException {
        JsonNode golden = golden(name);
        assertThat(golden).hasSize(EPOCHS);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int batch : new int[] {0, BATCHES - 1}) {
                assertThat(schedule.factor(epoch * BATCHES + batch, BATCHES, EPOCHS))
                        .as("epoch %d", epoch)
                        .isCloseTo(golden.get(epoch).asDouble(), within(1e-12));
            }
        }
    }

    @Test
    void cosineIsPyTorchs() throws IOException {
        assertFollows(new LearningRateSchedule.Cosine(0), "cosine");
    }

    @Test
    void doerrichsCosineIsTimmsAsTheyStepIt() throws IOException {
        assertFollows(Recipe.doerrich2024().schedule(), "cosine-timm-late");
    }

    @Test
    void medmnistsStepsArePyTorchs() throws IOException {
        assertFollows(Recipe.medmnist2023().schedule(), "steps");
    }

    @Test
    void wusExponentialIsPyTorchsEveryTwoHundredIterations() throws IOException {
        JsonNode golden = golden("exponential");
        for (int i = 0; i < golden.size(); i++) {
            assertThat(Recipe.wu2025().schedule().factor(50 * i, BATCHES, EPOCHS))
                    .isCloseTo(golden.get(i).asDouble(), within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"adam, false, 0", "adam-decay, false, 0.1", "adamw-timm, true, 0.1"})
    void stepsArePyTorchs(String name, boolean decoupled, double weightDecay) throws IOException {
        JsonNode golden = golden(name);
        try (Scope scope = Scope.open()) {
            Tensor p = Tensors.of(new float[] {1, -2, 0.5f}, 3);
            try (Adam adam = new Adam(List.of(p), new Adam.Settings(decoupled, 0.9, 0.999, 1e-8, weightDecay))) {
                for (int i = 0; i < golden.size(); i++) {
                    adam.step(List.of(Tensors.of(new float[] {0.5f, -1, 0.25f * (i - 2)}, 3)), 0.1);
                    for (int j = 0; j < 3; j++) {
                        assertThat((double) p.toFloats()[j])
                                .as("step %d, value %d", i, j)
                                .isCloseTo(golden.get(i).get(j).asDouble(), within(1e-6));
                    }
                }
            }
        }
    }

    @Test
    void aLastPartialBatchIsDroppedOrKept() {
        Schedule dropped = Schedule.of(Recipe.wu2025(), 546);
        assertThat(dropped.batchesPerEpoch()).isEqualTo(8);
        assertThat(dropped.imagesPerEpoch()).isEqualTo(512);
        assertThat(dropped.iterations()).isEqualTo(15_000);
        Schedule kept = Schedule.of(Recipe.doerrich2024(), 546);
        assertThat(kept.batchesPerEpoch()).isEqualTo(9);
        assertThat(kept.imagesOf(7)).isEqualTo(64);
        assertThat(kept.imagesOf(8)).isEqualTo(34);
        assertThat(kept.imagesPerEpoch()).isEqualTo(546);
        assertThat(kept.iterations()).isEqualTo(900);
        assertThat(kept.validatesAfter(0) && kept.validatesAfter(1)).isTrue();
        assertThat(Schedule.of(Recipe.medmnist2023(), 100).imagesOf(0)).isEqualTo(100);
    }
}

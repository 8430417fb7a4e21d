package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.encoder.Encoder;

/** Linear probing while batch norm drifts, against PyTorch's loop; see train_schedule_goldens.py. */
class DriftTest {

    private static final int SIDE = 64;
    private static final FineTune.Settings SETTINGS = FineTune.Settings.headOnly(0, 1e-3);

    /** 10 steps of 41/8 = 5 batches: two epochs, each validated. */
    private static final Recipe RECIPE = Recipes.wu2025(10, 8, 200, 10);

    @TempDir
    private Path folder;

    @Test
    void lossesStatisticsAndLogitsArePyTorchs() throws IOException {
        JsonNode golden = GoldenTraining.golden("drift.json");
        try (Dataset dataset = GoldenTraining.dataset(folder);
                Encoder encoder = GoldenTraining.encoder("resnet18", SIDE);
                FineTune run = new FineTune(
                        encoder, SmallTraining.images(dataset, encoder), SETTINGS, RECIPE, GoldenTraining.ORDER)) {
            GoldenTraining.fillHead(run);
            double sum = 0;
            for (int i = 0; i < golden.get("losses").size(); i++) {
                run.step(GoldenTraining.ORDER.epoch(i / 5, 41));
                double loss = run.lossSum().item() - sum;
                sum += loss;
                double expected = golden.get("losses").get(i).asDouble();
                assertThat(loss).as("loss of iteration %d", i).isCloseTo(expected, within(1e-4 * expected));
            }
            golden.get("buffers").properties().forEach(buffer -> assertClose(encoder, buffer));
            double[][] logits = run.logits(Split.VAL, Progress.SILENT.begin("validation", 1));
            for (int i = 0; i < logits.length; i++) {
                for (int j = 0; j < 3; j++) {
                    assertThat(logits[i][j])
                            .isCloseTo(golden.get("logits").get(i).get(j).asDouble(), within(2e-4));
                }
            }
        }
    }

    private static void assertClose(Encoder encoder, Map.Entry<String, JsonNode> buffer) {
        float[] values =
                encoder.parameters().entries().get(buffer.getKey()).tensor().toFloats();
        for (int i = 0; i < buffer.getValue().size(); i++) {
            double expected = buffer.getValue().get(i).asDouble();
            assertThat((double) values[i])
                    .as("%s %d", buffer.getKey(), i)
                    .isCloseTo(expected, within(1e-4 * Math.max(0.1, Math.abs(expected))));
        }
    }

    @Test
    void aRunThatBreaksOffGoesOnToTheSameNumbersAndTheWeightsStay() throws IOException {
        Recipe recipe = Recipes.wu2025(30, 8, 10, 10);
        Fit unbroken;
        try (Dataset dataset = GoldenTraining.dataset(folder);
                Encoder encoder = GoldenTraining.encoder("resnet18", SIDE);
                Encoder untouched = GoldenTraining.encoder("resnet18", SIDE)) {
            unbroken = run(dataset, encoder, "unbroken", recipe, Progress.SILENT);
            encoder.parameters().entries().forEach((name, entry) -> {
                float[] before =
                        untouched.parameters().entries().get(name).tensor().toFloats();
                if (entry.trained()) {
                    assertThat(entry.tensor().toFloats()).as(name).isEqualTo(before);
                } else if (name.endsWith("running_var")) {
                    assertThat(entry.tensor().toFloats()).as(name).isNotEqualTo(before);
                }
            });
        }
        try (Dataset dataset = GoldenTraining.dataset(folder)) {
            try (Encoder encoder = GoldenTraining.encoder("resnet18", SIDE)) {
                assertThatThrownBy(() -> run(dataset, encoder, "broken", recipe, Ending.breaksAfter(18)))
                        .hasMessage("broken off");
            }
            assertThat(folder.resolve("broken/last.safetensors")).exists();
            try (Encoder encoder = GoldenTraining.encoder("resnet18", SIDE)) {
                Fit resumed = run(dataset, encoder, "broken", recipe, Progress.SILENT);
                assertThat(resumed.curve()).isEqualTo(unbroken.curve());
                assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
            }
        }
    }

    private Fit run(Dataset dataset, Encoder encoder, String place, Recipe recipe, Progress progress)
            throws IOException {
        try (Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ZERO)) {
            return FineTune.run(
                    encoder, SmallTraining.images(dataset, encoder), SETTINGS, recipe, checkpoints, progress);
        }
    }
}

package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.FormulaWeights;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.weights.Home;

/** Linear probing while batch norm drifts, against PyTorch's loop; see train_schedule_goldens.py. */
class DriftTest {

    private static final int SIDE = 64;
    private static final FineTune.Settings SETTINGS = FineTune.Settings.headOnly(0, 1e-3);

    /** 10 steps of 41/8 = 5 batches: two epochs, each validated. */
    private static final Recipe RECIPE = Recipes.wu2025(10, 8, 200, 10);

    private static final BatchOrder FORMULA_ORDER = (epoch, samples) -> {
        int[] order = new int[samples];
        for (int i = 0; i < samples; i++) {
            order[i] = (i * 7 + epoch * 13) % samples;
        }
        return order;
    };

    @TempDir
    private Path folder;

    @Test
    void lossesStatisticsAndLogitsArePyTorchs() throws IOException {
        JsonNode golden;
        try (InputStream in = DriftTest.class.getResourceAsStream("/golden/train/drift.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        try (Dataset dataset = tiny();
                Encoder encoder = formulaEncoder();
                FineTune run = new FineTune(encoder, data(dataset, encoder), SETTINGS, RECIPE, FORMULA_ORDER)) {
            fillHead(run);
            double sum = 0;
            for (int i = 0; i < golden.get("losses").size(); i++) {
                run.step(FORMULA_ORDER.epoch(i / 5, 41));
                double loss = run.lossSum().item() - sum;
                sum += loss;
                double expected = golden.get("losses").get(i).asDouble();
                assertThat(loss).as("loss of iteration %d", i).isCloseTo(expected, within(1e-4 * expected));
            }
            golden.get("buffers").properties().forEach(buffer -> assertClose(encoder, buffer));
            double[][] logits = run.logits(Split.VAL);
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
        try (Dataset dataset = tiny();
                Encoder encoder = formulaEncoder();
                Encoder untouched = formulaEncoder()) {
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
        try (Dataset dataset = tiny()) {
            try (Encoder encoder = formulaEncoder()) {
                assertThatThrownBy(() -> run(dataset, encoder, "broken", recipe, breaksAfter(17)))
                        .hasMessage("broken off");
            }
            assertThat(folder.resolve("broken/last.safetensors")).exists();
            try (Encoder encoder = formulaEncoder()) {
                Fit resumed = run(dataset, encoder, "broken", recipe, Progress.SILENT);
                assertThat(resumed.curve()).isEqualTo(unbroken.curve());
                assertThat(resumed.testScores()).isDeepEqualTo(unbroken.testScores());
            }
        }
    }

    private Fit run(Dataset dataset, Encoder encoder, String place, Recipe recipe, Progress progress)
            throws IOException {
        try (Checkpoints checkpoints = new Checkpoints(folder.resolve(place), "this trial", Duration.ZERO)) {
            return FineTune.run(encoder, data(dataset, encoder), SETTINGS, recipe, checkpoints, progress);
        }
    }

    private static Progress breaksAfter(int steps) {
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

    private static void fillHead(FineTune run) {
        run.headParameters().entries().forEach((name, entry) -> {
            try (Scope scope = Scope.open()) {
                Tensor tensor = entry.tensor();
                tensor.detach().copyInPlace(FormulaWeights.tensor(name, tensor.shape()));
            }
        });
    }

    private static Encoder formulaEncoder() {
        Encoder encoder = EncoderCatalog.find("resnet18").orElseThrow().build(SIDE);
        Map<String, long[]> shapes = new LinkedHashMap<>();
        encoder.parameters()
                .entries()
                .forEach((key, entry) -> shapes.put(key, entry.tensor().shape()));
        FormulaWeights.fill(encoder, shapes, 1);
        return encoder;
    }

    private Dataset tiny() throws IOException {
        Path npz = folder.resolve("tiny.npz");
        if (!Files.exists(npz)) {
            try (InputStream in = DriftTest.class.getResourceAsStream("/golden/train/tiny.npz")) {
                Files.copy(in, npz);
            }
        }
        return new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub"))).open(DatasetSource.of(npz));
    }

    private static ImageSet data(Dataset dataset, Encoder encoder) {
        return ImageSet.of(
                dataset, FeatureExtractor.range(0, 41), encoder.card().preprocessing(SIDE, Resize.SCALE));
    }
}

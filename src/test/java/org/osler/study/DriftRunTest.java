package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Split;
import org.osler.weights.Home;

/** A study that probes with frozen and with drifting batch norm, by a recipe that stops early. */
class DriftRunTest {

    private static final String STUDY = """
            study: drift
            datasets:
              - phantom: {task: binary, channels: 1, size: 28, train: 41, val: 20, test: 20, seed: 1}
                name: lesions
            encoders: [resnet18]
            weights: random
            input: 64
            batch-norm: [frozen, drift]
            strategies: [linear-probe, {fine-tune: {encoder-lr: 1e-4}}]
            seeds: [0, 1]
            recipe: {name: doerrich2024, epochs: 3, batch: 16}
            device: cpu
            """;

    @TempDir
    private Path folder;

    @Test
    void aTrialWithDriftGivesTheSameAloneAndInCompany() throws IOException {
        assertThat(run("together", Map.of())).isEqualTo(new Runner.Outcome(6, 0, 0));
        assertThat(run("together", Map.of())).isEqualTo(new Runner.Outcome(0, 0, 0));
        Map<String, String> one = Map.of("batch-norm", "drift", "seeds", "1", "strategies", "linear-probe");
        assertThat(run("alone", one)).isEqualTo(new Runner.Outcome(1, 0, 0));
        try (ResultStore together = ResultStore.read(folder.resolve("together"));
                ResultStore alone = ResultStore.read(folder.resolve("alone"))) {
            TrialResult result = alone.results().get(0);
            String id = result.trial().id();
            assertThat(together.find(result.trial()).orElseThrow().curve()).isEqualTo(result.curve());
            assertThat(together.scores(id, Split.TEST)).isDeepEqualTo(alone.scores(id, Split.TEST));
            Trial frozen = result.trial().with(new Strategy.LinearProbe(1e-4), 1);
            assertThat(together.scores(frozen.id(), Split.TEST)).isNotEqualTo(alone.scores(id, Split.TEST));
        }
        assertThat(Files.readString(folder.resolve("together/results.csv"))).contains(",linear-probe,0.0001,,drift,");
        assertThat(folder.resolve("together/checkpoints"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
    }

    @Test
    void driftWorksInBfloat16() throws IOException {
        Map<String, String> one = Map.of("batch-norm", "drift", "seeds", "1", "strategies", "linear-probe");
        Map<String, String> half = new HashMap<>(one);
        half.put("precision", "bf16");
        assertThat(run("fp32", one)).isEqualTo(new Runner.Outcome(1, 0, 0));
        assertThat(run("bf16", half)).isEqualTo(new Runner.Outcome(1, 0, 0));
        try (ResultStore full = ResultStore.read(folder.resolve("fp32"));
                ResultStore other = ResultStore.read(folder.resolve("bf16"))) {
            double[][] expected = full.scores(full.results().get(0).trial().id(), Split.TEST);
            double[][] found = other.scores(other.results().get(0).trial().id(), Split.TEST);
            assertThat(found).isNotEqualTo(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i][1]).isCloseTo(expected[i][1], within(0.05));
            }
        }
    }

    private Runner.Outcome run(String out, Map<String, String> overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), STUDY);
        Map<String, String> all = new HashMap<>(overrides);
        all.put("out", folder.resolve(out).toString());
        return Runner.run(
                StudyFile.read(file, all), new Home(folder.resolve("home"), folder.resolve("hub")), RunProgress.SILENT);
    }
}

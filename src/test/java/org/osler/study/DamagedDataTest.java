package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.metric.Task;
import org.osler.train.FeatureExtractor;
import org.osler.train.Progress;
import org.osler.weights.Home;

/** A dataset that breaks while a study runs costs its own trials and no others. */
class DamagedDataTest {

    private static final String STUDY = """
            study: damaged
            datasets: [{path: small.npz}, {path: large.npz}]
            encoders: [vit_tiny_patch16_224]
            weights: random
            input: 32
            strategies: [linear-probe, nearest-neighbours: {k: 3}]
            seeds: [0, 1]
            recipe: {iterations: 4, batch: 8}
            """;

    @TempDir
    private Path folder;

    @Test
    void trialsOfADatasetThatCannotBeReadFailAndTheOthersDoNot() throws IOException {
        draw("small", 16);
        Path large = draw("large", 24);
        byte[] whole = Files.readAllBytes(large);
        var witness = new Breaking(large);
        assertThat(run(witness)).isEqualTo(new Runner.Outcome(3, 3, 0));
        assertThat(witness.reasons).hasSize(3).allMatch(reason -> reason.contains("large.npz is not a whole npz file"));
        try (ResultStore store = ResultStore.read(folder.resolve("out"))) {
            assertThat(store.results())
                    .hasSize(3)
                    .allMatch(result -> result.trial().dataset().equals("small"));
            assertThat(store.failures()).hasSize(3);
        }
        Files.write(large, whole);
        assertThat(run(RunProgress.SILENT)).isEqualTo(new Runner.Outcome(3, 0, 0));
        try (ResultStore store = ResultStore.read(folder.resolve("out"))) {
            assertThat(store.results()).hasSize(6);
            assertThat(store.failures()).isEmpty();
        }
    }

    @Test
    void damagedFeaturesAreComputedAnew() throws IOException {
        draw("small", 16);
        Map<String, String> small = Map.of("datasets", "[{path: " + folder.resolve("small.npz") + "}]");
        run(RunProgress.SILENT, small);
        Path file;
        try (var files = Files.list(folder.resolve("home/features"))) {
            file = files.toList().get(0);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int tenth = 0; tenth < 10; tenth++) {
            int length = whole.length * tenth / 10;
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(FeatureExtractor.isIntact(file)).as(tenth + " tenths").isFalse();
            byte[] flipped = whole.clone();
            flipped[whole.length * tenth / 10 + 1] ^= 4;
            Files.write(file, flipped);
            assertThat(FeatureExtractor.isIntact(file))
                    .as("flipped at " + tenth)
                    .isFalse();
        }
        Files.delete(folder.resolve("out/results.db"));
        assertThat(run(RunProgress.SILENT, small)).isEqualTo(new Runner.Outcome(3, 0, 0));
        assertThat(file).hasBinaryContent(whole);
    }

    private Path draw(String name, int train) throws IOException {
        PhantomSpec spec = new PhantomSpec(Task.BINARY, 2, 1, 28, train, 8, 8, 5);
        return Files.copy(Phantoms.source(name, spec, folder.resolve("drawn")).npz(), folder.resolve(name + ".npz"));
    }

    private Runner.Outcome run(RunProgress progress) throws IOException {
        return run(progress, Map.of());
    }

    private Runner.Outcome run(RunProgress progress, Map<String, String> overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), STUDY);
        Map<String, String> all = new HashMap<>(overrides);
        all.put("out", folder.resolve("out").toString());
        return Runner.run(StudyFile.read(file, all), new Home(folder.resolve("home"), folder.resolve("hub")), progress);
    }

    /** Cuts a file short as soon as a first trial is done, and hears of what fails. */
    private static final class Breaking implements RunProgress {
        private final Path victim;
        private final List<String> reasons = new ArrayList<>();

        private Breaking(Path victim) {
            this.victim = victim;
        }

        @Override
        public void planned(int trials, int done) {
            // Nothing is broken yet.
        }

        @Override
        public void finished(TrialOutcome outcome) {
            try (var channel = Files.newByteChannel(victim, StandardOpenOption.WRITE)) {
                channel.truncate(Files.size(victim) / 2);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void failed(Trial trial, String reason) {
            reasons.add(reason);
        }

        @Override
        public Bar begin(String what, long steps) {
            return Progress.SILENT.begin(what, steps);
        }
    }
}

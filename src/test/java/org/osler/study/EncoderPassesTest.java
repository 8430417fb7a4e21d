package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** An encoder sees each dataset once for each size and way of resizing, however many trials work on its features. */
class EncoderPassesTest {

    private static final int IMAGES = 24 + 8 + 8;

    @TempDir
    private Path folder;

    /** Counts what is begun and notes what is finished. */
    private static final class Witness implements RunProgress {
        private final List<Long> passes = new ArrayList<>();
        private final List<Trial> finished = new ArrayList<>();

        @Override
        public void planned(int trials, int done) {
            // Counted below.
        }

        @Override
        public void finished(TrialOutcome outcome) {
            finished.add(outcome.trial());
        }

        @Override
        public void failed(Trial trial, String reason) {
            throw new AssertionError(trial + ": " + reason);
        }

        @Override
        public Bar begin(String what, long steps) {
            if (what.contains("features of")) {
                passes.add(steps);
            }
            return RunProgress.SILENT.begin(what, steps);
        }
    }

    @Test
    void sizesTimesResizesHoweverManySeedsLearningRatesAndShots() throws IOException {
        for (int size : List.of(28, 64)) {
            var spec = new PhantomSpec(Task.BINARY, 2, 1, size, 24, 8, 8, 5);
            Files.copy(
                    Phantoms.source("lesions", spec, folder.resolve("drawn")).npz(),
                    folder.resolve("lesions_" + size + ".npz"));
        }
        String study = """
                study: passes
                datasets: [{path: "lesions_{size}.npz", name: lesions}]
                encoders: [resnet18]
                weights: random
                size: [28, 64]
                input: 64
                resize: [scale, pad]
                shots: [all, 2, 4]
                draw: [first, seeded]
                seeds: SEEDS
                recipe: {iterations: 4, batch: 8}
                strategies:
                  - linear-probe: {head-lr: [1e-3, 1e-2]}
                  - nearest-neighbours: {k: 3}
                """;
        // Sizes × resizes: 4 passes. In each 2 learning rates × 2 seeds × (all, 2 first, 2 seeded, 4 first, 4 seeded)
        // = 20 probes, and 1 + 1 + 2 + 1 + 2 = 7 votes.
        Witness first = run(study.replace("SEEDS", "[0, 1]"));
        assertThat(first.passes).hasSize(4).containsOnly((long) IMAGES);
        assertThat(first.finished).hasSize(4 * 27).doesNotHaveDuplicates();
        assertThat(new HashSet<>(first.finished.stream().map(Plan.Features::of).toList()))
                .hasSize(4);
        try (var files = Files.list(folder.resolve("home/features"))) {
            assertThat(files).hasSize(4);
        }
        Witness more = run(study.replace("SEEDS", "[0, 1, 2]"));
        assertThat(more.passes).isEmpty();
        assertThat(more.finished).hasSize(4 * (10 + 2));
    }

    private Witness run(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), text);
        Study study = StudyFile.read(file, Map.of("out", folder.resolve("out").toString()));
        var witness = new Witness();
        Runner.run(study, new Home(folder.resolve("home"), folder.resolve("hub")), witness);
        return witness;
    }
}

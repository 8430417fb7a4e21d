package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** Few-shot studies end to end, on a file of each of two image sizes. */
class FewShotRunTest {

    private static final String STUDY = """
            study: few
            datasets:
              - path: 'tissues_{size}.npz'
            size: [28, 64]
            encoders: [resnet18]
            weights: random
            input: 32
            strategies: [linear-probe, nearest-neighbours: {k: 3}]
            shots: [2, 4, all]
            draw: [first, seeded]
            seeds: [0, 1]
            recipe: {name: wu2025, iterations: 6, batch: 4}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyDrawIsRunOnItsOwnImagesAndKept() throws IOException {
        Home home = new Home(folder.resolve("home"), folder.resolve("hub"));
        DatasetSource small = phantom(28);
        phantom(64);
        Study study = StudyFile.read(
                Files.writeString(folder.resolve("s.yaml"), STUDY),
                Map.of("out", folder.resolve("out").toString()));
        Runner.Outcome outcome = Runner.run(study, home, RunProgress.SILENT);
        // By hand, a size: probes 2 seeds × (2 shots × 2 draws + all) = 10; neighbours 2 first, 4 seeded, 1 of all = 7.
        assertThat(outcome).isEqualTo(new Runner.Outcome(34, 0, 0));
        try (ResultStore store = ResultStore.read(folder.resolve("out"))) {
            assertThat(store.results()).allSatisfy(result -> {
                int expected = result.trial().shots().isPresent()
                        ? 3 * result.trial().shots().getAsInt()
                        : 30;
                assertThat(result.data().train()).isEqualTo(expected);
                assertThat(result.data().width())
                        .isEqualTo(result.trial().size().orElseThrow());
            });
        }
        assertThat(draws()).hasSize(2 * (2 + 4));
        assertThat(lines("tissues-28px-4-seed0.csv"))
                .containsAll(lines("tissues-28px-2-seed0.csv"))
                .isNotEqualTo(lines("tissues-28px-4-seed1.csv"))
                .isEqualTo(lines("tissues-64px-4-seed0.csv"));
        try (Dataset dataset = new DatasetStore(home).open(small)) {
            int[][] labels = dataset.labels(Split.TRAIN);
            List<String> drawn = lines("tissues-28px-2-first.csv");
            assertThat(drawn.get(0)).isEqualTo("index,label");
            assertThat(drawn.subList(1, drawn.size())).hasSize(6).allSatisfy(line -> {
                String[] pair = line.split(",", 2);
                assertThat(labels[Integer.parseInt(pair[0])][0]).isEqualTo(Integer.parseInt(pair[1]));
            });
        }
    }

    private DatasetSource phantom(int size) throws IOException {
        DatasetSource drawn = Phantoms.source(
                "p", new PhantomSpec(Task.MULTI_CLASS, 3, 1, size, 30, 12, 12, 5), folder.resolve("phantoms"));
        Path npz = Files.copy(drawn.npz(), folder.resolve("tissues_" + size + ".npz"));
        return DatasetSource.of(npz);
    }

    private List<String> draws() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out/draws"))) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve("out/draws").resolve(name));
    }
}

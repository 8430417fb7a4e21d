package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.SeededRandom;
import org.osler.data.Split;
import org.osler.weights.Home;

/** A study killed with SIGKILL at random moments ends with the numbers of an unbroken run. */
class KilledRunTest {

    private static final int KILLS = Integer.getInteger("osler.kills", 10);

    private static final String STUDY = """
            study: killed
            datasets:
              - phantom: {task: binary, channels: 1, size: 28, train: 48, val: 20, test: 20, seed: 1}
                name: lesions
            encoders: [resnet18]
            weights: random
            input: 32
            batch-norm: [frozen, drift]
            strategies:
              - linear-probe
              - nearest-neighbours: {k: 5}
              - fine-tune: {encoder-lr: 1e-4}
            seeds: [0, 1]
            recipe: {name: wu2025, iterations: 60, batch: 16}
            device: cpu
            """;

    @TempDir
    private Path folder;

    @Test
    void endsWithTheNumbersOfAnUnbrokenRun() throws IOException, InterruptedException {
        Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
        Path unbroken = folder.resolve("unbroken");
        long start = System.nanoTime();
        assertThat(run(study, unbroken).waitFor()).isZero();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        Path killed = folder.resolve("killed");
        SeededRandom random = SeededRandom.of(7, "kills");
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            Process process = run(study, killed);
            if (!process.waitFor(100 + random.below((int) millis), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        assertThat(run(study, killed).waitFor()).isZero();
        assertThat(kills).isPositive();
        assertThat(numbers(killed)).isEqualTo(numbers(unbroken));
        assertThat(killed.resolve("out/results.csv")).exists();
        try (var left = Files.walk(killed.resolve("out"))) {
            assertThat(left.filter(path -> path.toString().contains("checkpoints/")))
                    .isEmpty();
        }
    }

    /** Everything that a result says but times, by trial. */
    private static Map<String, List<String>> numbers(Path folder) {
        Map<String, List<String>> numbers = new TreeMap<>();
        try (ResultStore store = ResultStore.read(folder.resolve("out"))) {
            for (TrialResult result : store.results()) {
                String id = result.trial().id();
                numbers.put(
                        id,
                        List.of(
                                result.trial().label(),
                                result.best().toString(),
                                result.curve().toString(),
                                java.util.Arrays.deepToString(store.scores(id, Split.VAL)),
                                java.util.Arrays.deepToString(store.scores(id, Split.TEST)),
                                Double.toString(result.test().auc())));
            }
        }
        assertThat(numbers).hasSize(7);
        return numbers;
    }

    private static Process run(Path study, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xmx512m",
                        Child.class.getName(),
                        study.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The process that is killed: a run whose checkpoints come as often as they may. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[1]);
            Study study = StudyFile.read(
                    Path.of(arguments[0]), Map.of("out", folder.resolve("out").toString()));
            Home home = new Home(folder.resolve("home"), folder.resolve("hub"));
            Runner.run(study, home, RunProgress.SILENT, Duration.ZERO);
        }
    }
}

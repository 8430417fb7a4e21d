package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;
import org.osler.weights.Home;

/** Several processes in one results folder: every trial once, and the numbers of one alone. */
class SharedFolderTest {

    private static final String STUDY = """
            study: shared
            datasets:
              - phantom: {task: binary, channels: 1, size: 28, train: 48, val: 20, test: 20, seed: 1}
                name: lesions
            encoders: [vit_tiny_patch16_224]
            weights: random
            input: 32
            strategies:
              - linear-probe
              - nearest-neighbours: {k: 5}
              - fine-tune: {encoder-lr: [1e-4, 1e-5]}
            seeds: [0, 1, 2]
            recipe: {name: wu2025, iterations: 9, batch: 16}
            threads: 1
            """;
    private static final int TRIALS = 3 + 1 + 6;

    @TempDir
    private Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    }

    @Test
    void processesTakeDifferentTrialsAndWhatAKilledOneHadComesBack() throws IOException, InterruptedException {
        Path alone = folder.resolve("alone");
        assertThat(finished(run(alone))).hasSize(TRIALS).doesNotHaveDuplicates();
        Map<String, List<String>> numbers = Numbers.in(alone);
        assertThat(numbers).hasSize(TRIALS);
        Path shared = folder.resolve("shared");
        List<Process> four = List.of(run(shared), run(shared), run(shared), run(shared));
        List<String> finished = new ArrayList<>();
        for (Process process : four) {
            finished.addAll(finished(process));
        }
        assertThat(finished).hasSize(TRIALS).doesNotHaveDuplicates();
        assertThat(Numbers.in(shared)).isEqualTo(numbers);

        Path killed = folder.resolve("killed");
        Process victim = run(killed);
        victim.inputReader(StandardCharsets.UTF_8).readLine(); // one trial is finished, the next under way
        assertThat(victim.destroyForcibly().waitFor()).isNotZero();
        try (var locks = Files.list(killed.resolve("runs"))) {
            assertThat(locks).hasSize(1); // what it had is still claimed
        }
        assertThat(finished(run(killed))).hasSizeBetween(1, TRIALS - 1).doesNotHaveDuplicates();
        assertThat(Numbers.in(killed)).isEqualTo(numbers);
        assertThat(killed.resolve("runs")).isEmptyDirectory();
    }

    /** Waits for a process; the ids of the trials that it finished. */
    private static List<String> finished(Process process) throws IOException, InterruptedException {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> ids = reader.lines().toList();
            assertThat(process.waitFor()).isZero();
            return ids;
        }
    }

    private Process run(Path out) throws IOException {
        return new ProcessBuilder(FreshProcess.command(
                        List.of("-Xmx512m"),
                        Child.class,
                        study.toString(),
                        out.toString(),
                        folder.resolve("home").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** One of the processes: prints the id of each trial that it finishes. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path home = Path.of(arguments[2]);
            Study study = StudyFile.read(Path.of(arguments[0]), Map.of("out", arguments[1]));
            Runner.run(study, new Home(home.resolve("osler"), home.resolve("hub")), new Telling());
        }
    }

    private static final class Telling implements RunProgress {
        @Override
        public void planned(int trials, int done) {
            // Known.
        }

        @Override
        public void finished(TrialOutcome outcome) {
            System.out.println(outcome.trial().id());
            System.out.flush();
        }

        @Override
        public void failed(Trial trial, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public Bar begin(String what, long steps) {
            return RunProgress.SILENT.begin(what, steps);
        }
    }
}

package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.study.Company;
import org.osler.study.Numbers;
import org.osler.study.RunProgress;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.weights.Home;

/** Several processes for one study; the processor in the place of cards. */
class SideBySideTest {

    private static final String STUDY = """
            study: beside
            datasets:
              - phantom: {task: binary, channels: 1, size: 28, train: 48, val: 20, test: 20, seed: 1}
                name: lesions
            encoders: [resnet18]
            weights: random
            input: 32
            strategies:
              - linear-probe
              - fine-tune: {encoder-lr: [1e-4, 1e-5]}
            seeds: [0, 1]
            recipe: {name: wu2025, iterations: 9, batch: 16}
            """;
    private static final int TRIALS = 6;

    @TempDir
    private Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
        study = Files.writeString(folder.resolve("study.yaml"), STUDY);
    }

    @Test
    void trialsAreSharedAndResultsAreThoseOfOneProcess() throws IOException {
        Cli alone = run("alone", "--set", "threads=1");
        assertThat(alone.code()).as(alone.err()).isZero();
        Cli two = run("two", "--set", "threads=1", "--device", "cpu,cpu");
        assertThat(two.code()).as(two.err()).isZero();
        assertThat(Numbers.in(folder.resolve("two"))).hasSize(TRIALS).isEqualTo(Numbers.in(folder.resolve("alone")));
        assertThat(two.err())
                .contains("6 trials")
                .contains("on cpu")
                .contains("[6/6]")
                .doesNotContain("before its time")
                .doesNotContain("left to another run");
        assertThat(two.out()).contains("report.html");
    }

    @Test
    void whereAProcessEndsBeforeItsTimeTheOthersAreTold() throws IOException {
        var told = new Told();
        List<String> wrong = List.of("run", folder.resolve("no-study.yaml").toString(), "--beside");
        try (var others = new SideBySide(List.of("cpu"), wrong, home(), told)) {
            assertThat(others.awaitEnd()).isEqualTo(new Company.End(0, 0, true));
        }
        assertThat(told.lines)
                .containsExactly("the process on cpu ended with 2 before its time; what it had is taken over");
    }

    @Test
    void closedTheyEndAndSave() throws IOException, InterruptedException {
        Files.writeString(
                study, STUDY.replace("[1e-4, 1e-5]", "[1e-4]").replace("iterations: 9", "iterations: 900000"));
        List<String> arguments = List.of(
                "run",
                study.toString(),
                "--beside",
                "--set",
                "threads=1",
                "--set",
                "strategies=[fine-tune]",
                "--out",
                folder.resolve("long").toString());
        try (var others = new SideBySide(List.of("cpu"), arguments, home(), new Told())) {
            awaitFolder(folder.resolve("long/checkpoints"));
        }
        assertThat(folder.resolve("long/runs")).isEmptyDirectory();
        try (var saved = Files.walk(folder.resolve("long/checkpoints"))) {
            assertThat(saved.filter(Files::isRegularFile)).isNotEmpty();
        }
    }

    /** Which comes half a minute after the start. */
    private static void awaitFolder(Path wanted) throws InterruptedException {
        for (int looks = 0; !Files.isDirectory(wanted) && looks < 6000; looks++) {
            Thread.sleep(20);
        }
        assertThat(wanted).isDirectory();
    }

    private Home home() {
        return new Home(folder.resolve("osler"), folder.resolve("hf/hub"));
    }

    @Test
    void theProcessorIsDividedByThreads() {
        Cli cli = run("out", "--device", "cpu,cpu");
        assertThat(cli.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(cli.err()).contains("2 processes on the processor would each take all of it; say how many threads");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void devicesAreOfOneKind() {
        Cli mixed = run("out", "--device", "cpu,cuda:0");
        assertThat(mixed.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(mixed.err()).contains("--device cpu,cuda:0: processor and cards give different last digits");
        Cli typo = run("out", "--device", "cpu,cdua");
        assertThat(typo.err()).contains("unknown device \"cdua\"");
        Cli all = run("out", "--device", "all");
        assertThat(all.code()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(all.err()).contains("cuda:0: Osler was built without CUDA");
    }

    private Cli run(String out, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("run", study.toString(), "--out", folder.resolve(out).toString()));
        arguments.addAll(List.of(more));
        return Cli.run(folder, Map.of("OSLER_OFFLINE", "1"), arguments.toArray(String[]::new));
    }

    private static final class Told implements RunProgress {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void planned(int trials, int done) {
            throw new AssertionError("the other process plans");
        }

        @Override
        public void finished(TrialOutcome outcome) {
            throw new AssertionError("not in this process");
        }

        @Override
        public void failed(Trial trial, String reason) {
            throw new AssertionError("not in this process");
        }

        @Override
        public void besides(String line, boolean failure) {
            lines.add(line);
        }

        @Override
        public void note(String line) {
            lines.add(line);
        }

        @Override
        public Bar begin(String what, long steps) {
            return RunProgress.SILENT.begin(what, steps);
        }
    }
}

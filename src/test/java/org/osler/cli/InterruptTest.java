package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;

/** Ctrl-C, sent to a real process in the middle of a fine-tuning. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {

    private static final int STEPS = 80;

    /** What the bar says while a fine-tuning has steps behind and before it. */
    private static final Pattern AMID_FINE_TUNING = Pattern.compile("fine-tuning .* [1-9]\\d*/" + STEPS + " ");

    @TempDir
    private static Path folder;

    private static Path study;
    private static Map<String, String> unbroken;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void runUnbroken() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "skipped: needs /bin/kill");
        study = Files.writeString(folder.resolve("s.yaml"), """
                study: interrupted
                datasets:
                  - phantom: {task: binary, channels: 1, size: 28, train: 32, val: 8, test: 8, seed: 0}
                    name: lesions
                encoders: [vit_tiny_patch16_224]
                weights: random
                input: 32
                strategies: [nearest-neighbours: {k: 3}, fine-tune]
                seeds: [0]
                recipe: {iterations: %d, batch: 8, validations: 3}
                """.formatted(STEPS));
        finish(run("unbroken"));
        unbroken = predictions("unbroken");
        assertThat(unbroken).hasSize(4);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void onceSavesAndSaysHowToGoOnToTheSameNumbers() throws IOException, InterruptedException {
        Process process = startAndWaitForFineTuning("once");
        kill(process, hearsOfCtrlC(process) ? "-INT" : "-TERM");
        List<String> said = rest(process);
        assertThat(process.waitFor()).as(said.toString()).isEqualTo(130);
        assertThat(said)
                .anyMatch(line ->
                        line.endsWith("osler: ending after this step, and saving; once more (Ctrl-C) ends at once."))
                .endsWith(
                        "osler: interrupted; what is done is saved. To go on:",
                        "  ./osler run " + study + " --out " + folder.resolve("once"));
        assertThat(checkpoints("once")).containsOnlyOnce("last.safetensors");

        finish(run("once"));
        assertThat(predictions("once")).isEqualTo(unbroken);
        assertThat(checkpoints("once")).isEmpty();
    }

    @Test
    void twiceEndsAtOnceAndChangesNoNumber() throws IOException, InterruptedException {
        Process process = startAndWaitForFineTuning("twice");
        assumeTrue(hearsOfCtrlC(process), "skipped: this process was started with Ctrl-C ignored");
        // A halted process finds both when it goes on: before the step that is under way is over.
        for (String signal : List.of("-STOP", "-INT", "-TERM", "-CONT")) {
            kill(process, signal);
        }
        List<String> said = rest(process);
        assertThat(process.waitFor()).as(said.toString()).isEqualTo(130);
        assertThat(said)
                .anyMatch(line -> line.endsWith(
                        "osler: ended at once; what is saved is kept, and the same command goes on from there."))
                .noneMatch(line -> line.contains("interrupted; what is done is saved"));

        finish(run("twice"));
        assertThat(predictions("twice")).isEqualTo(unbroken);
    }

    private static List<String> checkpoints(String out) throws IOException {
        try (var files = Files.walk(folder.resolve(out))) {
            return files.filter(file -> file.toString().contains("/checkpoints/") && Files.isRegularFile(file))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static Map<String, String> predictions(String out) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(folder.resolve(out).resolve("predictions"))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    /** A run on a terminal, as far as it knows: what is drawn there tells how far it is. */
    private static Process run(String out) throws IOException {
        var builder = new ProcessBuilder(FreshProcess.command(
                List.of("-Xmx512m", "-Dosler.terminals=err", "-Dosler.columns=200"),
                Osler.class,
                "run",
                study.toString(),
                "--out",
                folder.resolve(out).toString()));
        builder.environment().put("OSLER_HOME", folder.resolve("home").toString());
        builder.environment().put("OSLER_OFFLINE", "1");
        builder.environment().put("NO_COLOR", "1");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private Process startAndWaitForFineTuning(String out) throws IOException {
        Process process = run(out);
        started.add(process);
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.errorReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (AMID_FINE_TUNING.matcher(line).find()) {
                return process;
            }
        }
        throw new AssertionError("ended early: " + lines);
    }

    private static void finish(Process process) throws IOException, InterruptedException {
        List<String> said = rest(process);
        assertThat(process.waitFor()).as(said.toString()).isZero();
    }

    /** Each drawing of a bar is a line. */
    private static List<String> rest(Process process) throws IOException {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            return reader.lines().map(line -> line.replace("\u001b[K", "")).toList();
        }
    }

    /** The JVM leaves Ctrl-C alone where it was started with it ignored, as a shell's background jobs are. */
    private static boolean hearsOfCtrlC(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        return !Files.exists(status)
                || Files.readString(status)
                        .lines()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .noneMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private static void kill(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}

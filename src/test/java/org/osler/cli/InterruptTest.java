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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, sent to a real process in the middle of a fine-tuning. */
class InterruptTest {

    @TempDir
    private Path folder;

    private Path study;

    @BeforeEach
    void write() throws IOException {
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
                recipe: {iterations: 80, batch: 8, validations: 3}
                """);
    }

    @Test
    void onceSavesAndSaysHowToGoOnTwiceEndsAtOnceAndNeitherChangesAnyNumber() throws IOException, InterruptedException {
        Process once = start("out");
        List<String> said = untilFineTuning(once);
        signal(once);
        said.addAll(rest(once));
        assertThat(once.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(once.exitValue()).as(said.toString()).isEqualTo(130);
        assertThat(said)
                .contains("osler: ending after this step, and saving; once more (Ctrl-C) ends at once.")
                .endsWith(
                        "osler: interrupted; what is done is saved. To go on:",
                        "  ./osler run " + study + " --out " + folder.resolve("out"));
        assertThat(checkpoint()).exists();

        Process twice = start("out");
        untilFineTuning(twice);
        signal(twice);
        signal(twice);
        rest(twice);
        assertThat(twice.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(twice.exitValue()).isEqualTo(130);

        Process last = start("out");
        rest(last);
        assertThat(last.waitFor()).isZero();
        Process unbroken = start("unbroken");
        rest(unbroken);
        assertThat(unbroken.waitFor()).isZero();
        assertThat(predictions("out")).hasSize(4).isEqualTo(predictions("unbroken"));
    }

    private Path checkpoint() throws IOException {
        try (var files = Files.walk(folder.resolve("out/checkpoints"))) {
            return files.filter(file -> file.endsWith("last.safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> predictions(String out) throws IOException {
        List<String> contents = new ArrayList<>();
        try (var files = Files.list(folder.resolve(out).resolve("predictions"))) {
            for (Path file : files.sorted().collect(Collectors.toList())) {
                contents.add(file.getFileName() + "\n" + Files.readString(file));
            }
        }
        return contents;
    }

    private Process start(String out) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx512m",
                "org.osler.cli.Osler",
                "run",
                study.toString(),
                "--out",
                folder.resolve(out).toString());
        builder.environment().put("OSLER_HOME", folder.resolve("home").toString());
        builder.environment().put("OSLER_OFFLINE", "1");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    /** Lines until the neighbours' result is there: the next step is one of the fine-tuning's. */
    private static List<String> untilFineTuning(Process process) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.errorReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.contains("[1/2]") || line.contains("1 of them done before")) {
                TimeUnit.MILLISECONDS.sleep(300);
                return lines;
            }
        }
        throw new AssertionError("ended early: " + lines);
    }

    private static List<String> rest(Process process) throws IOException {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            return reader.lines().toList();
        }
    }

    /** The JVM leaves Ctrl-C alone where it was started with it ignored, as a shell's background jobs are. */
    private static void signal(Process process) throws IOException, InterruptedException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        boolean ignored = Files.exists(status)
                && Files.readString(status)
                        .lines()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        new ProcessBuilder("/bin/kill", ignored ? "-TERM" : "-INT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}

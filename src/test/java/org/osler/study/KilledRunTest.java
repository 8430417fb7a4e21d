package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;
import org.osler.SeededRandom;
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
            recipe: {name: wu2025, iterations: 20, batch: 16}
            device: cpu
            """;

    @TempDir
    private static Path folder;

    private static Path study;
    private static Map<String, List<String>> numbers;
    private static long millis;

    @BeforeAll
    static void runUnbroken() throws IOException, InterruptedException {
        study = Files.writeString(folder.resolve("study.yaml"), STUDY);
        Path unbroken = folder.resolve("unbroken");
        long start = System.nanoTime();
        assertThat(run(study, unbroken).waitFor()).isZero();
        millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        numbers = Numbers.in(unbroken.resolve("out"));
        assertThat(numbers).hasSize(7);
    }

    @Test
    void endsWithTheNumbersOfAnUnbrokenRun() throws IOException, InterruptedException {
        Path killed = folder.resolve("killed");
        SeededRandom random = SeededRandom.of(7, "kills");
        int kills = 0;
        for (int i = 0; i < KILLS; i++) {
            // What is done stays done, so that later runs are short: begin anew when little is left.
            if (i % 10 == 9 && i < KILLS - 1) {
                finish(killed);
                killed = folder.resolve("killed-" + i);
            }
            Process process = run(study, killed);
            if (!process.waitFor(100 + random.below((int) millis), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                kills++;
            }
        }
        finish(killed);
        assertThat(kills).isPositive();
    }

    /** Runs to the end, and compares. */
    private static void finish(Path killed) throws IOException, InterruptedException {
        assertThat(run(study, killed).waitFor()).isZero();
        assertThat(Numbers.in(killed.resolve("out"))).isEqualTo(numbers);
        assertThat(killed.resolve("out/results.csv")).exists();
        try (var left = Files.walk(killed.resolve("out"))) {
            assertThat(left.filter(path -> path.toString().contains("checkpoints/")))
                    .isEmpty();
        }
    }

    /**
     * On a small disk of its own, which is first too small for a checkpoint, then read-only, then large enough. Needs a
     * Linux that lets this user mount in a name space of its own.
     */
    @Test
    void endsWithTheNumbersOfAnUnbrokenRunOnceAFullDiskHasRoom() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        String script = """
                mount -t tmpfs -o size=40m none "$1" || exit 77
                shift 1
                "$@" 2> full.txt; echo $? > full-code.txt
                mount -o remount,ro,size=40m "$DISK"
                "$@" 2> read-only.txt; echo $? > read-only-code.txt
                mount -o remount,rw,size=900m "$DISK"
                "$@" && cp -r "$DISK/out" "$COPY"
                """;
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh", disk.toString()));
        command.addAll(command(study, disk));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISK", disk.toString());
        builder.environment().put("COPY", copy.toString());
        assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: needs Linux");
        int code = builder.start().waitFor();
        assumeTrue(Files.exists(folder.resolve("full.txt")), "skipped: this user may not mount");
        assertThat(code).isZero();
        assertThat(folder.resolve("full.txt"))
                .content()
                .contains("InputException")
                .contains("No space left on device; what was committed is kept, and the same command goes on once");
        assertThat(folder.resolve("full-code.txt")).content().isEqualTo("1\n");
        assertThat(folder.resolve("read-only.txt"))
                .content()
                .contains("InputException: results cannot be written to " + disk.resolve("out")
                        + ": the folder is read-only");
        assertThat(Numbers.in(copy.resolve("out"))).isEqualTo(numbers);
    }

    private static List<String> command(Path study, Path folder) {
        return FreshProcess.command(List.of("-Xmx512m"), Child.class, study.toString(), folder.toString());
    }

    private static Process run(Path study, Path folder) throws IOException {
        return new ProcessBuilder(command(study, folder))
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

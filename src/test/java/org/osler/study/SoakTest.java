package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;
import org.osler.weights.Home;

/**
 * Small trials one after the other in one process, for as long as {@code -Dosler.soak.minutes} says: neither resident
 * memory nor open files grow. What was measured is left in {@code target/soak.csv}.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "osler.soak.minutes", matches = "[0-9]+")
class SoakTest {

    private static final String STUDY = """
            study: soak
            datasets:
              - phantom: {task: binary, channels: 1, size: 28, train: 24, val: 8, test: 8, seed: 1}
                name: lesions
            encoders: [resnet18, vit_tiny_patch16_224]
            weights: random
            input: 32
            batch-norm: [frozen, drift]
            strategies: [linear-probe, nearest-neighbours: {k: 3}, fine-tune]
            recipe: {iterations: 3, batch: 8}
            """;

    @TempDir
    private Path folder;

    @Test
    void memoryAndOpenFilesStayFlat() throws IOException, InterruptedException {
        Path study = Files.writeString(folder.resolve("study.yaml"), STUDY);
        String csv = FreshProcess.output(
                Child.class, study.toString(), folder.toString(), System.getProperty("osler.soak.minutes"));
        Files.writeString(Path.of("target", "soak.csv"), "minutes,trials,resident_mib,open_files\n" + csv + "\n");
        List<double[]> lines = csv.lines()
                .map(line -> List.of(line.split(",")).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        int third = lines.size() / 3;
        List<double[]> middle = lines.subList(third, 2 * third);
        List<double[]> last = lines.subList(2 * third, lines.size());
        assertThat(most(last, 2)).isLessThan(1.02 * most(middle, 2) + 8);
        assertThat(most(last, 3)).isLessThanOrEqualTo(most(middle, 3));
    }

    private static double most(List<double[]> lines, int column) {
        return lines.stream().mapToDouble(line -> line[column]).max().orElseThrow();
    }

    /** Runs the study with one seed after the other. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path study = Path.of(arguments[0]);
            Path folder = Path.of(arguments[1]);
            Home home = new Home(folder.resolve("home"), folder.resolve("hub"));
            long end = Duration.ofMinutes(Long.parseLong(arguments[2])).toNanos();
            long start = System.nanoTime();
            int trials = 0;
            for (int seed = 0; System.nanoTime() - start < end; seed++) {
                Map<String, String> overrides = Map.of(
                        "seeds", "[" + seed + "]", "out", folder.resolve("out").toString());
                trials += Runner.run(StudyFile.read(study, overrides), home, RunProgress.SILENT)
                        .finished();
                System.out.printf(
                        "%.2f,%d,%.1f,%d%n",
                        (System.nanoTime() - start) / 60e9, trials, residentKib() / 1024.0, openFiles());
            }
        }

        private static long residentKib() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }

        private static long openFiles() throws IOException {
            try (var files = Files.list(Path.of("/proc/self/fd"))) {
                return files.count();
            }
        }
    }
}

package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.own.OwnFiles;

/** Leaks and subgroups from a manifest to tables, report and model card. */
class ReviewRunTest {

    private static final int EACH = 60;

    @TempDir
    private Path folder;

    private Path scans;

    /** Of 60 images a class the first 20 are for training, 10 for validation, 30 for test; every sixth patient of test is known. */
    @BeforeEach
    void images() throws IOException {
        scans = OwnFiles.classFolders(folder.resolve("scans"), EACH);
        StringBuilder csv = new StringBuilder("image,label,split,patient_id,sex,age\n");
        for (int i = 0; i < EACH; i++) {
            String split = i < 20 ? "train" : i < 30 ? "val" : "test";
            int patient = i >= 30 && i % 6 == 0 ? (i - 30) / 2 : i;
            String tail = "%s,p%d,%s,%d\n".formatted(split, patient / 2, i % 2 == 0 ? "f" : "m", 20 + i);
            csv.append("dark/image %d ä.png,dark,".formatted(i)).append(tail);
            csv.append("light/%d.png,light,".formatted(i)).append(tail);
        }
        Files.writeString(scans.resolve("manifest.csv"), csv);
        Files.copy(
                scans.resolve("light/3.png"),
                scans.resolve("light/55.png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Path study(String subgroups) throws IOException {
        return Files.writeString(folder.resolve("study.yaml"), """
            study: reviewed
            datasets:
              - {path: scans/manifest.csv, name: scans, size: 32%s}
            encoders: [vit_tiny_patch16_224]
            weights: random
            input: 32
            strategies: [linear-probe]
            seeds: [0, 1]
            recipe: {name: wu2025, iterations: 2, batch: 8}
            """.formatted(subgroups));
    }

    private static List<CSVRecord> rows(Path csv) throws IOException {
        try (Reader reader = Files.newBufferedReader(csv);
                CSVParser parser = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            return parser.getRecords();
        }
    }

    /** Mean accuracy over the prediction files of some test images, counted here. */
    private static double accuracy(Path results, List<Integer> images) throws IOException {
        List<Double> accuracies = new ArrayList<>();
        try (Stream<Path> files = Files.list(results.resolve("predictions"))) {
            for (Path file :
                    files.filter(each -> each.toString().contains("_test_")).toList()) {
                List<String> lines = Files.readAllLines(file);
                double right = 0;
                for (int i : images) {
                    String[] cells = lines.get(i).split(",", -1);
                    boolean light = Double.parseDouble(cells[cells.length - 1]) > 0.5;
                    right += light == (i % 2 == 1) ? 1 : 0;
                }
                accuracies.add(right / images.size());
            }
        }
        assertThat(accuracies).hasSize(2);
        return accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
    }

    @Test
    void theReportSaysWhatScoresAreWorthWithoutLeaksAndBySubgroup() throws IOException {
        Path out = folder.resolve("results");
        Cli run = Cli.run(
                folder, "run", study(", subgroups: [sex, {age: [60, 70]}]").toString(), "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();

        List<CSVRecord> leaks = rows(out.resolve("leaks.csv"));
        assertThat(leaks)
                .extracting(row -> row.get("left_out"))
                .containsExactly("none", "identical", "group", "identical;group");
        assertThat(leaks).extracting(row -> row.get("test_images")).containsExactly("60", "59", "50", "49");
        // Test images come in the manifest's order: dark 30, light 30, dark 31 … Known patients are those of 30, 36 …
        // 54.
        List<Integer> unknown = new ArrayList<>();
        List<Integer> women = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int number = 30 + i / 2;
            if (number % 6 != 0) {
                unknown.add(i);
            }
            if (number % 2 == 0) {
                women.add(i);
            }
        }
        assertThat(Double.parseDouble(leaks.get(2).get("acc"))).isCloseTo(accuracy(out, unknown), within(1e-12));

        List<CSVRecord> groups = rows(out.resolve("subgroups.csv"));
        assertThat(groups).extracting(row -> row.get("group")).containsExactly("f", "m", "< 60", "60–69", "≥ 70");
        assertThat(groups).extracting(row -> row.get("test_images")).containsExactly("30", "30", "20", "20", "20");
        assertThat(Double.parseDouble(groups.get(0).get("acc"))).isCloseTo(accuracy(out, women), within(1e-12));
        // Of a patient's images some have an even number: sexes cannot be dealt to patients.
        assertThat(rows(out.resolve("subgroup-gaps.csv")))
                .hasSize(4)
                .extracting(row -> row.get("p_within_classes").isEmpty())
                .startsWith(true, true);

        String page = Files.readString(out.resolve("report.html"));
        assertThat(page)
                .contains(
                        "Splits of scans leak.",
                        "patient_id looks like a group",
                        "10 of 60 test images share one with train.")
                .contains("1 of 60 test images has the same pixels as a training image.")
                .contains("without the 10 of the same patient_id", "id=\"subgroups\"", "points apart")
                .contains("Not tested: images that belong together are in several groups.")
                .contains("intervals draw whole groups of images that belong together (20 on test)");
        evaluateDrawsPatients(out);
        reportNeedsNoImages(out);
    }

    private void evaluateDrawsPatients(Path out) throws IOException {
        try (Stream<Path> files = Files.list(out.resolve("predictions"))) {
            String test = files.map(Path::toString)
                    .filter(file -> file.contains("_test_"))
                    .findFirst()
                    .orElseThrow();
            Cli evaluate =
                    Cli.run(folder, "evaluate", test, "--data=" + scans.resolve("manifest.csv"), "--resamples=50");
            assertThat(evaluate.code()).as(evaluate.err()).isZero();
            assertThat(evaluate.out()).contains("Intervals draw whole groups of images that belong together (20).");
        }
    }

    /** Neither images nor the store are there any more; what was found is. */
    private void reportNeedsNoImages(Path out) throws IOException {
        List<String> before = Files.readAllLines(out.resolve("leaks.csv"));
        List<String> groups = Files.readAllLines(out.resolve("subgroups.csv"));
        remove(scans);
        remove(folder.resolve("osler"));
        Files.delete(out.resolve("leaks.csv"));
        Cli report = Cli.run(folder, "report", out.toString());
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(Files.readAllLines(out.resolve("leaks.csv"))).isEqualTo(before);
        assertThat(Files.readAllLines(out.resolve("subgroups.csv"))).isEqualTo(groups);
        assertThat(Files.readString(out.resolve("report.html"))).contains("data:image/png;base64");
    }

    private static void remove(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void otherSubgroupsNeedNoTraining() throws IOException {
        Path out = folder.resolve("results");
        assertThat(Cli.run(folder, "run", study("").toString(), "--out", out.toString())
                        .code())
                .isZero();
        assertThat(out.resolve("subgroups.csv")).doesNotExist();
        Cli again = Cli.run(folder, "run", study(", subgroups: sex").toString(), "--out", out.toString());
        assertThat(again.err()).contains("2 trials, all done before");
        assertThat(rows(out.resolve("subgroups.csv"))).hasSize(2);
        Cli wrong = Cli.run(folder, "run", study(", subgroups: [sexe]").toString(), "--out", out.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("scans has no column \"sexe\"; did you mean \"sex\"?");
    }

    @Test
    void aTrainedModelSaysSo() throws IOException {
        Cli train = Cli.run(
                folder,
                "train",
                scans.resolve("manifest.csv").toString(),
                "--encoder=vit_tiny_patch16_224",
                "--weights=random",
                "--input=32",
                "--set=recipe.iterations=2",
                "--set=recipe.batch=8",
                "--subgroups=sex",
                "--out=" + folder.resolve("model"));
        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.out())
                .contains("patient_id looks like a group", "10 of 60 test images share one with train.")
                .containsPattern("Without these 11: ACC [\\d.]+ %.* on the 49 others")
                .containsPattern("By sex: f ACC [\\d.]+ %, AUC [\\d.]+ % \\(30 images\\); m ACC");
        assertThat(Files.readString(folder.resolve("model/README.md")))
                .contains("## Leaks between splits, and subgroups", "- patient_id looks like a group")
                .contains("intervals over groups of images that belong together (20 on test)");
    }
}

package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;

class ResultFilesTest {

    private static final Trial PROBE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TUNE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 1);

    @TempDir
    private Path folder;

    private List<CSVRecord> write(String name, Trial... trials) throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            Stream.of(trials).map(Outcomes::outcome).forEach(store::commit);
            ResultFiles.write(store, folder);
        }
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(folder.resolve(name), StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        }
    }

    @Test
    void resultsReadBackAreTheStores() throws IOException {
        List<CSVRecord> rows = write("results.csv", PROBE, TUNE);
        assertThat(rows).hasSize(2);
        for (CSVRecord row : rows) {
            Trial trial = row.get("seed").equals("0") ? PROBE : TUNE;
            TrialResult result = Outcomes.outcome(trial).result();
            assertThat(row.get("trial")).isEqualTo(trial.id());
            assertThat(Double.parseDouble(row.get("acc")))
                    .isEqualTo(result.test().accuracy());
            assertThat(Double.parseDouble(row.get("auc")))
                    .isEqualTo(result.test().auc());
            assertThat(Double.parseDouble(row.get("val_acc")))
                    .isEqualTo(result.val().accuracy());
            assertThat(Double.parseDouble(row.get("brier")))
                    .isEqualTo(result.test().brier());
            assertThat(Double.parseDouble(row.get("seconds"))).isEqualTo(result.seconds());
            assertThat(Stream.of(row.get("class_auc").split(";")).mapToDouble(Double::parseDouble))
                    .containsExactly(java.util.Arrays.stream(result.test().classAuc())
                            .boxed()
                            .toArray(Double[]::new));
            assertThat(row.get("classes")).isEqualTo("none;mild, or so;severe");
            assertThat(row.get("class_support")).isEqualTo("30;30;30");
            assertThat(row.get("confusion").split("\\|")).hasSize(3);
            assertThat(row.get("best_epoch")).isEqualTo("2");
            assertThat(row.get("cpu")).isEqualTo("a \"fast\" processor");
            assertThat(row.get("weights")).isEqualTo("pretrained");
            assertThat(row.get("started")).isEqualTo("2026-11-24T10:00:00.123456Z");
        }
        assertThat(rows.get(0).get("encoder_lr")).isEmpty();
        assertThat(rows.get(1).get("encoder_lr")).isEqualTo("1e-05");
        assertThat(rows.get(0).get("shots")).isEqualTo("all");
    }

    @Test
    void summaryPutsPublishedValuesBeside() throws IOException {
        List<CSVRecord> rows = write("summary.csv", PROBE, TUNE);
        CSVRecord probe = rows.get(0);
        assertThat(probe.get("n")).isEqualTo("1");
        assertThat(probe.get("selected")).isEqualTo("true");
        assertThat(probe.get("same_protocol")).isEqualTo("false");
        assertThat(probe.get("published_source")).startsWith("Wu and Papież 2025, table ");
        assertThat(Double.parseDouble(probe.get("acc_difference")))
                .isEqualTo(Double.parseDouble(probe.get("acc_mean"))
                        - Double.parseDouble(probe.get("published_acc_mean")));
    }

    @Test
    void untrainedEncodersAreCalledSoInEachRow() throws IOException {
        Trial untrained = new Trial(
                PROBE.dataset(),
                PROBE.kind(),
                PROBE.size(),
                PROBE.input(),
                PROBE.resize(),
                PROBE.encoder(),
                WeightsKind.RANDOM,
                PROBE.strategy(),
                PROBE.shots(),
                PROBE.draw(),
                PROBE.seed(),
                PROBE.recipe(),
                PROBE.precision(),
                PROBE.device(),
                Optional.empty());
        assertThat(write("results.csv", untrained).get(0).get("weights")).isEqualTo("untrained");
        assertThat(write("summary.csv", untrained).get(0).get("weights")).isEqualTo("untrained");
    }

    @Test
    void docsDescribeEveryColumnAndNoOther() throws IOException {
        Map<String, List<String>> described = described();
        List<String> settings = described.get("Settings");
        assertThat(ResultColumns.ALL.stream().map(Column::name))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(settings.stream(), described.get("results.csv").stream())
                                .toList());
        assertThat(SummaryColumns.ALL.stream().map(Column::name))
                .containsExactlyElementsOf(Stream.concat(settings.stream(), described.get("summary.csv").stream())
                        .toList());
    }

    /** The names in the first column of the tables of docs/results.md, by section. */
    private static Map<String, List<String>> described() throws IOException {
        Pattern row = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
        return Stream.of(Files.readString(Path.of("docs/results.md")).split("(?m)^## "))
                .collect(java.util.stream.Collectors.toMap(
                        section -> section.lines().findFirst().orElseThrow(),
                        section -> row.matcher(section)
                                .results()
                                .map(match -> match.group(1))
                                .toList()));
    }

    @Test
    void folderThatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (ResultStore store = ResultStore.open(folder)) {
            assertThatThrownBy(() -> ResultFiles.write(store, file))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("results cannot be written to " + file);
        }
    }
}

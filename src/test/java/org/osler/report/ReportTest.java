package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.study.DataFacts;
import org.osler.study.ResultStore;
import org.osler.study.Strategy;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.study.WeightsKind;
import org.osler.weights.Home;

class ReportTest {

    private static final String ENCODER = "vit_tiny_patch16_224.augreg_in21k_ft_in1k";

    @TempDir
    Path scratch;

    @Test
    void joinsResultsWithTheirImages() throws IOException {
        Path npz = scratch.resolve("phantom.npz");
        Phantoms.write(new PhantomSpec(Task.MULTI_CLASS, 3, 3, 28, 30, 12, 24, 1), npz);
        var store = new DatasetStore(new Home(scratch.resolve("home"), scratch.resolve("hub")));
        var source = new DatasetSource("phantom", npz, Optional.of(Task.MULTI_CLASS), List.of(), Optional.empty());
        Path results = scratch.resolve("folder");
        List<TrialOutcome> outcomes;
        try (Dataset dataset = store.open(source)) {
            outcomes = outcomes(dataset, dataset.hash());
        }
        commit(results, outcomes);
        new StudyCopy("./osler run lesions.yaml", "study: lesions\n").keep(results);

        Path report = Report.write(results, trial -> Optional.of(store.open(source)));

        assertThat(report).isEqualTo(results.resolve("report.html"));
        String page = Files.readString(report);
        assertThat(page)
                .contains("<h1>lesions</h1>")
                .contains("./osler run lesions.yaml")
                .contains("24 test images of 28 × 28 pixels, colour")
                .contains("95 % bootstrap interval");
        outcomes.forEach(outcome -> assertThat(page).contains(outcome.trial().id()));
        JsonNode data = data(page);
        assertThat(data.at("/rows/0/accuracy/values/0").asDouble())
                .isCloseTo(outcomes.get(0).test().accuracy(), within(1e-6));
        assertThat(data.at("/rows/0/examples"))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(data.at("/datasets/0/images/"
                                        + example.get("index").asInt())
                                .asText())
                        .startsWith("data:image/png;base64,"));
        assertThat(data.at("/rows/0/runs/0/accuracyInterval/low").asDouble()).isPositive();
    }

    @Test
    void doesWithoutDatasetsAndSaysWhatIsMissing() throws IOException {
        Path results = scratch.resolve("lesions");
        commit(results, outcomes(null, "0"));
        String page = Files.readString(Report.write(results, DatasetResolver.NONE));
        assertThat(page)
                .contains("No intervals over test images")
                .contains("The command is not known")
                .contains("the dataset's file was not found when this report was made");
        assertThat(data(page).at("/rows/0/examples")).isEmpty();
    }

    @Test
    void ofManySettingsTheChosenKeepTheirDetails() throws IOException {
        int[][] labels = {{0}, {1}, {2}, {0}, {1}, {2}};
        var facts = new DataFacts(Task.MULTI_CLASS, List.of("a", "b", "c"), 3, 28, 28, 30, 6, 6);
        var outcomes = new ArrayList<TrialOutcome>();
        for (int i = 1; i <= 160; i++) {
            Trial trial = DemoResults.trial(
                    "phantom", ENCODER, WeightsKind.PRETRAINED, new Strategy.LinearProbe(1e-5 * i), 0);
            outcomes.add(DemoResults.outcome(trial, facts, labels, labels, "0"));
        }
        Path results = scratch.resolve("many");
        commit(results, outcomes);
        String page = Files.readString(Report.write(results, DatasetResolver.NONE));
        assertThat(page).contains("Learning rates that were not chosen keep their scores and training curves here");
        JsonNode rows = data(page).at("/rows");
        assertThat(rows).hasSize(160).allSatisfy(row -> {
            assertThat(row.at("/runs/0/detail").isNull())
                    .isNotEqualTo(row.get("selected").asBoolean());
            assertThat(row.at("/runs/0/curve")).hasSize(5);
        });
    }

    @Test
    void aFolderWithoutResultsIsBadInput() {
        assertThatThrownBy(() -> Report.write(scratch, DatasetResolver.NONE)).isInstanceOf(InputException.class);
    }

    private static List<TrialOutcome> outcomes(Dataset dataset, String md5) {
        int[][] labels = {{0}, {1}, {2}, {0}, {1}, {2}};
        int[][] val = dataset == null ? labels : dataset.labels(Split.VAL);
        int[][] test = dataset == null ? labels : dataset.labels(Split.TEST);
        var facts = new DataFacts(Task.MULTI_CLASS, List.of("a", "b", "c"), 3, 28, 28, 30, val.length, test.length);
        var outcomes = new ArrayList<TrialOutcome>();
        for (long seed = 0; seed < 2; seed++) {
            Trial trial =
                    DemoResults.trial("phantom", ENCODER, WeightsKind.PRETRAINED, new Strategy.LinearProbe(1e-3), seed);
            outcomes.add(DemoResults.outcome(trial, facts, val, test, md5));
        }
        return outcomes;
    }

    private static void commit(Path folder, List<TrialOutcome> outcomes) {
        try (ResultStore store = ResultStore.open(folder)) {
            outcomes.forEach(store::commit);
        }
    }

    private static JsonNode data(String page) throws IOException {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    }
}

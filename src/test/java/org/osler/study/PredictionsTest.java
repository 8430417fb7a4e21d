package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Split;

class PredictionsTest {

    private static final Trial PROBE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TUNE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 1);

    @TempDir
    private Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> listed = Files.list(folder.resolve("predictions"))) {
            return listed.sorted().toList();
        }
    }

    @Test
    void everyResultsScoresReadBackFromOfficialFiles() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            store.commit(Outcomes.outcome(TUNE));
            ResultFiles.write(store, folder);
            assertThat(files()).hasSize(4);
            for (Path file : files()) {
                PredictionFile read = PredictionFile.read(file);
                Trial trial = read.name().run().contains("linear-probe") ? PROBE : TUNE;
                assertThat(read.scores())
                        .isDeepEqualTo(store.scores(trial.id(), read.name().split()));
            }
        }
        assertThat(files().stream().map(file -> file.getFileName().toString()))
                .anyMatch(name -> name.matches("breastmnist_224_test_\\[AUC]0\\.\\d{3}_\\[ACC]0\\.\\d{3}"
                        + "@vit_base_patch16_224-augreg2_in21k_ft_in1k_fine-tune_seed1_" + TUNE.id() + "\\.csv"));
    }

    @Test
    void aReplacedResultsFilesGoAndOthersStay() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            ResultFiles.write(store, folder);
            Path notes = Files.createFile(folder.resolve("predictions/my_notes.csv"));
            TrialOutcome other = Outcomes.outcome(TUNE);
            store.commit(
                    new TrialOutcome(PROBE, other.data(), other.fit(), other.val(), other.test(), other.provenance()));
            ResultFiles.write(store, folder);
            assertThat(files()).hasSize(3).contains(notes);
            for (Path file : files()) {
                if (!file.equals(notes)) {
                    assertThat(PredictionFile.read(file).scores())
                            .isDeepEqualTo(store.scores(
                                    PROBE.id(), PredictionFile.read(file).name().split()));
                }
            }
            assertThat(store.scores(PROBE.id(), Split.TEST))
                    .isDeepEqualTo(other.fit().testScores());
        }
    }
}

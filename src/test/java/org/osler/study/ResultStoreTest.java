package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.data.Split;

class ResultStoreTest {

    private static final Trial PROBE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TUNE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 1);

    @TempDir
    private Path folder;

    @Test
    void whatIsCommittedReadsBack() {
        TrialOutcome probe = Outcomes.outcome(PROBE);
        TrialOutcome tune = Outcomes.outcome(TUNE);
        try (ResultStore store = ResultStore.open(folder)) {
            assertThat(store.isDone(PROBE)).isFalse();
            store.commit(probe);
            store.commit(tune);
        }
        try (ResultStore store = ResultStore.open(folder)) {
            assertThat(store.isDone(PROBE)).isTrue();
            assertThat(store.find(TUNE)).isPresent();
            assertThat(store.results())
                    .usingRecursiveFieldByFieldElementComparator(Outcomes.EXACTLY)
                    .containsExactly(probe.result(), tune.result());
            assertThat(store.scores(PROBE.id(), Split.VAL))
                    .isDeepEqualTo(probe.fit().valScores());
            assertThat(store.scores(TUNE.id(), Split.TEST))
                    .isDeepEqualTo(tune.fit().testScores());
            assertThatThrownBy(() -> store.scores(PROBE.id(), Split.TRAIN)).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void aSecondCommitTakesTheFirstsPlace() {
        TrialOutcome first = Outcomes.outcome(PROBE);
        TrialOutcome other = Outcomes.outcome(TUNE);
        TrialOutcome second =
                new TrialOutcome(PROBE, other.data(), other.fit(), other.val(), other.test(), other.provenance());
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(first);
            store.commit(second);
            assertThat(store.results()).hasSize(1);
            assertThat(store.scores(PROBE.id(), Split.TEST))
                    .isDeepEqualTo(other.fit().testScores());
        }
    }

    @Test
    void otherDataOrWeightsAreSeen() {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            Provenance provenance = store.find(PROBE).orElseThrow().provenance();
            assertThat(provenance.madeFrom("f".repeat(64), "d".repeat(32))).isTrue();
            assertThat(provenance.madeFrom("0".repeat(64), "d".repeat(32))).isFalse();
            assertThat(provenance.madeFrom("f".repeat(64), "0".repeat(32))).isFalse();
        }
    }

    @Test
    void resultsStandInTheStudysOrderWhateverCameFirst() {
        try (ResultStore store = ResultStore.open(folder)) {
            store.inOrder(List.of(PROBE, TUNE));
            store.commit(Outcomes.outcome(TUNE));
            assertThat(store.isDone(PROBE)).isFalse();
            assertThat(store.results()).extracting(TrialResult::trial).containsExactly(TUNE);
            store.commit(Outcomes.outcome(PROBE));
            assertThat(store.results()).extracting(TrialResult::trial).containsExactly(PROBE, TUNE);
        }
    }

    @Test
    void failuresStayUntilTheTrialIsDone() {
        try (ResultStore store = ResultStore.open(folder)) {
            store.fail(PROBE, "no memory");
            store.fail(PROBE, "no luck");
            store.fail(TUNE, "no time");
            assertThat(store.isDone(PROBE)).isFalse();
            assertThat(store.failures()).extracting(TrialFailure::reason).containsExactly("no luck", "no time");
            store.commit(Outcomes.outcome(PROBE));
            assertThat(store.failures()).extracting(TrialFailure::trial).containsExactly(TUNE);
        }
    }

    @Test
    void writesArePutToDiskBeforeTheyCount() throws SQLException {
        try (Connection connection = StoreConnection.writable(folder, folder.resolve(ResultStore.FILE));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1))
                    .isEqualTo("wal");
            assertThat(statement.executeQuery("PRAGMA synchronous").getInt(1))
                    .as("FULL")
                    .isEqualTo(2);
            assertThat(statement.executeQuery("PRAGMA user_version").getInt(1)).isEqualTo(StoreConnection.VERSION);
        }
    }

    @Test
    void aReaderSeesWhatAWriterCommits() {
        try (ResultStore writer = ResultStore.open(folder);
                ResultStore reader = ResultStore.read(folder)) {
            writer.commit(Outcomes.outcome(PROBE));
            assertThat(reader.isDone(PROBE)).isTrue();
            assertThatThrownBy(() -> reader.commit(Outcomes.outcome(TUNE))).isInstanceOf(InputException.class);
        }
    }
}

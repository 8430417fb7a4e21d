package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        ResultStore.open(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(ResultStore.FILE));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1))
                    .isEqualTo("wal");
            assertThat(statement.executeQuery("PRAGMA user_version").getInt(1)).isEqualTo(StoreConnection.VERSION);
        }
    }

    @Test
    void storeOfVersionOneIsReadAndBroughtUp() throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
        }
        backToVersionTwo();
        change("ALTER TABLE curve DROP COLUMN val_loss");
        change("PRAGMA user_version = 1");
        try (ResultStore store = ResultStore.read(folder)) {
            assertThat(store.results().get(0).curve()).allMatch(point -> Double.isNaN(point.valLoss()));
        }
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(TUNE));
            assertThat(store.results().get(1))
                    .usingRecursiveComparison(Outcomes.EXACTLY)
                    .isEqualTo(Outcomes.outcome(TUNE).result());
            assertThat(Double.isNaN(store.results().get(0).best().valLoss())).isTrue();
        }
    }

    @Test
    void storeOfVersionTwoIsReadAndBroughtUpAndKeepsItsResults() throws SQLException, IOException {
        TrialOutcome probe = Outcomes.outcome(PROBE);
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(probe);
            store.fail(TUNE, "no luck");
        }
        backToVersionTwo();
        change("PRAGMA user_version = 2");
        assertThat(schema()).isEqualTo(VERSION_TWO.strip()); // else this is no store of version 2
        try (ResultStore store = ResultStore.read(folder)) {
            assertThat(store.find(PROBE).orElseThrow())
                    .usingRecursiveComparison(Outcomes.EXACTLY)
                    .isEqualTo(probe.result());
        }
        try (ResultStore store = ResultStore.open(folder);
                Claims claims = Claims.open(folder)) {
            assertThat(claims.take(List.of(TUNE))).containsExactly(TUNE);
            assertThat(store.scores(PROBE.id(), Split.TEST))
                    .isDeepEqualTo(probe.fit().testScores());
            assertThat(store.find(PROBE).orElseThrow())
                    .usingRecursiveComparison(Outcomes.EXACTLY)
                    .isEqualTo(probe.result());
            assertThat(store.failures()).extracting(TrialFailure::reason).containsExactly("no luck");
        }
    }

    private void backToVersionTwo() throws SQLException {
        change("DROP TABLE claim");
        change("DROP TABLE run");
        change("ALTER TABLE result DROP COLUMN checksum");
        change("ALTER TABLE score DROP COLUMN checksum");
    }

    @Test
    void numberThatTheDiskChangedIsNotReported() throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            store.commit(Outcomes.outcome(TUNE));
        }
        change("UPDATE score SET data = CAST(zeroblob(8) || substr(data, 9) AS BLOB)"
                + " WHERE split = 'test' AND trial = (SELECT number FROM trial WHERE id = '" + PROBE.id() + "')");
        try (ResultStore store = ResultStore.read(folder)) {
            assertThat(store.results()).hasSize(2);
            assertThatThrownBy(() -> store.scores(PROBE.id(), Split.TEST))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(
                            "results.db is damaged: it holds what is no result (the checksum of scores differs)");
            assertThat(store.scores(TUNE.id(), Split.TEST)).isNotEmpty();
        }
        for (String change : List.of(
                "UPDATE curve SET val_acc = val_acc + 1e-9 WHERE point = 1",
                "UPDATE result SET test = replace(test, '0.', '1.')",
                "UPDATE result SET seconds = seconds + 1",
                "UPDATE result SET best = 0",
                "UPDATE trial SET json = replace(json, '\"seed\":0', '\"seed\":7')")) {
            try (ResultStore store = ResultStore.open(folder)) {
                store.commit(Outcomes.outcome(PROBE));
                store.commit(Outcomes.outcome(TUNE));
            }
            change(change);
            try (ResultStore store = ResultStore.read(folder)) {
                assertThatThrownBy(store::results)
                        .as(change)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("(the checksum of a result differs)");
            }
        }
    }

    /** What Osler wrote until claims came in. */
    private static final String VERSION_TWO = """
            curve: trial point epoch iteration train_loss val_acc val_auc val_loss
            failure: trial reason at
            result: trial data provenance best seconds val_acc val_auc test_acc test_auc val test
            score: trial split classes data
            trial: number id json
            """;

    private String schema() throws SQLException {
        String sql =
                "SELECT group_concat(line, char(10)) FROM (SELECT m.name || ': ' || group_concat(p.name, ' ') AS line"
                        + " FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name)";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(ResultStore.FILE));
                Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getString(1);
        }
    }

    @Test
    void storeThatWasCutShortIsRefusedWhereverItWasCut() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            for (long seed = 0; seed < 12; seed++) {
                store.commit(Outcomes.outcome(Outcomes.trial(new Strategy.LinearProbe(1e-3), seed)));
            }
        }
        Path file = folder.resolve(ResultStore.FILE);
        byte[] whole = Files.readAllBytes(file);
        for (int tenth = 1; tenth < 10; tenth++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * tenth / 10));
            assertThatThrownBy(() -> ResultStore.read(folder).close())
                    .as(tenth + " tenths, read")
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("results.db is no store of Osler's, or is damaged");
            assertThatThrownBy(() -> ResultStore.open(folder).close())
                    .as(tenth + " tenths, opened")
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("results.db is no store of Osler's, or is damaged");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE result SET val = 'x'",
                "UPDATE result SET provenance = '{'",
                "UPDATE result SET best = 99",
                "UPDATE trial SET json = '{}'",
                "UPDATE trial SET json = replace(json, 'linear-probe', 'linear-prone')",
                "DELETE FROM curve"
            })
    void contentsThatNoOslerWroteAreRefusedInWords(String change) throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
        }
        change(change);
        try (ResultStore store = ResultStore.read(folder)) {
            assertThatThrownBy(store::results)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(
                            folder.resolve(ResultStore.FILE) + " is damaged: it holds what is no result (");
        }
    }

    @Test
    void storeOfANewerOslerIsRefused() throws SQLException {
        ResultStore.open(folder).close();
        change("PRAGMA user_version = 99");
        assertThatThrownBy(() -> ResultStore.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("results.db was written by a newer Osler (store version 99, this one reads 4)");
        assertThatThrownBy(() -> ResultStore.read(folder)).isInstanceOf(InputException.class);
    }

    @Test
    void whatIsNoStoreIsRefused() throws IOException, SQLException {
        Path file = folder.resolve(ResultStore.FILE);
        Files.writeString(file, "these are my results, and they are no database at all\n".repeat(100));
        assertThatThrownBy(() -> ResultStore.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("results.db is no store of Osler's, or is damaged");
        assertThatThrownBy(() -> ResultStore.read(folder)).isInstanceOf(InputException.class);
        assertThat(file).content().startsWith("these are my results");
        Files.delete(file);
        change("CREATE TABLE mine (x)");
        assertThatThrownBy(() -> ResultStore.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("results.db is no store of Osler's");
    }

    @Test
    void absentStoreIsNamedWhenItIsToBeRead() {
        assertThatThrownBy(() -> ResultStore.read(folder.resolve("none")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("there are no results in " + folder.resolve("none"));
    }

    @Test
    void fileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> ResultStore.open(file))
                .isInstanceOf(InputException.class)
                .hasMessage("results cannot be written to " + file + ": a file is in the way");
        assertThatThrownBy(() -> ResultStore.open(file.resolve("below")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("results cannot be written to " + file.resolve("below") + ": ");
    }

    @Test
    void readOnlyFolderIsRefusedForWritingAndReadAllTheSame() throws IOException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
        }
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "skipped: needs POSIX");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            try (ResultStore store = ResultStore.read(folder)) {
                assertThat(store.results()).hasSize(1);
            }
            assumeTrue(!Files.isWritable(folder), "skipped: this user may write to read-only folders");
            assertThatThrownBy(() -> ResultStore.open(folder))
                    .isInstanceOf(InputException.class)
                    .hasMessage("results cannot be written to " + folder + ": the folder is read-only");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void fullDiskIsSaidAndLosesNothing() throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            store.limitPages(1); // as large as it is: SQLite then fails as it does on a full disk
            assertThatThrownBy(() -> store.commit(Outcomes.outcome(TUNE)))
                    .isInstanceOf(InputException.class)
                    .hasMessage(folder.resolve(ResultStore.FILE)
                            + " cannot be written: the disk is full or failing; what was committed is kept");
            assertThat(store.isDone(PROBE)).isTrue();
            assertThat(store.isDone(TUNE)).isFalse();
            store.limitPages(1_000_000);
            store.commit(Outcomes.outcome(TUNE));
            assertThat(store.isDone(TUNE)).isTrue();
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

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(ResultStore.FILE));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

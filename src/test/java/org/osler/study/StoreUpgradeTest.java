package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.data.Split;

/** Stores that other versions of Osler wrote. */
class StoreUpgradeTest {

    /** What Osler wrote until claims came in. */
    private static final String VERSION_TWO = """
            curve: trial point epoch iteration train_loss val_acc val_auc val_loss
            failure: trial reason at
            result: trial data provenance best seconds val_acc val_auc test_acc test_auc val test
            score: trial split classes data
            trial: number id json
            """;

    private static final Trial PROBE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TUNE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 1);

    @TempDir
    private Path folder;

    @Test
    void storeOfVersionOneIsReadAndBroughtUp() throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
        }
        backToVersionTwo();
        StoreSql.change(folder, "ALTER TABLE curve DROP COLUMN val_loss", "PRAGMA user_version = 1");
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
        StoreSql.change(folder, "PRAGMA user_version = 2");
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

    @Test
    void storeOfANewerOslerIsRefused() throws SQLException {
        ResultStore.open(folder).close();
        StoreSql.change(folder, "PRAGMA user_version = 99");
        assertThatThrownBy(() -> ResultStore.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("results.db was written by a newer Osler (store version 99, this one reads 4)");
        assertThatThrownBy(() -> ResultStore.read(folder)).isInstanceOf(InputException.class);
    }

    private void backToVersionTwo() throws SQLException {
        StoreSql.change(
                folder,
                "DROP TABLE claim",
                "DROP TABLE run",
                "ALTER TABLE result DROP COLUMN checksum",
                "ALTER TABLE score DROP COLUMN checksum");
    }

    private String schema() throws SQLException {
        return StoreSql.value(
                folder,
                "SELECT group_concat(line, char(10)) FROM (SELECT m.name || ': ' || group_concat(p.name, ' ') AS line"
                        + " FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' GROUP BY m.name ORDER BY m.name)");
    }
}

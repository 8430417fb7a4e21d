package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.data.Split;

/** Stores that are none, or are not any more what was written: refused in words, and no number of theirs is reported. */
class DamagedStoreTest {

    private static final Trial PROBE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TUNE = Outcomes.trial(new Strategy.FineTune(1e-3, 1e-5), 1);

    @TempDir
    private Path folder;

    @Test
    void numberThatTheDiskChangedIsNotReported() throws SQLException {
        try (ResultStore store = ResultStore.open(folder)) {
            store.commit(Outcomes.outcome(PROBE));
            store.commit(Outcomes.outcome(TUNE));
        }
        StoreSql.change(
                folder,
                "UPDATE score SET data = CAST(zeroblob(8) || substr(data, 9) AS BLOB)"
                        + " WHERE split = 'test' AND trial = (SELECT number FROM trial WHERE id = '" + PROBE.id()
                        + "')");
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
            StoreSql.change(folder, change);
            try (ResultStore store = ResultStore.read(folder)) {
                assertThatThrownBy(store::results)
                        .as(change)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("(the checksum of a result differs)");
            }
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
        StoreSql.change(folder, change);
        try (ResultStore store = ResultStore.read(folder)) {
            assertThatThrownBy(store::results)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(
                            folder.resolve(ResultStore.FILE) + " is damaged: it holds what is no result (");
        }
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
        StoreSql.change(folder, "CREATE TABLE mine (x)");
        assertThatThrownBy(() -> ResultStore.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("results.db is no store of Osler's");
    }
}

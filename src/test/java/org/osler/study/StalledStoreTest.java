package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run in a folder whose file system hangs. In its stead another connection holds the store: whoever wants to write
 * waits within SQLite, as it would within the operating system.
 */
class StalledStoreTest {

    private static final Trial ONE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Duration STALL = Duration.ofMillis(1500);

    @TempDir
    private Path folder;

    private final ExecutorService writer = Executors.newSingleThreadExecutor();

    @BeforeEach
    void makeStore() {
        ResultStore.open(folder).close();
    }

    @AfterEach
    void end() {
        writer.shutdownNow();
    }

    @Test
    void aCommitWaitsAndIsDone() throws Exception {
        TrialOutcome outcome = Outcomes.outcome(ONE);
        try (ResultStore store = ResultStore.open(folder)) {
            whileStalled(() -> store.commit(outcome));
            assertThat(store.isDone(ONE)).isTrue();
        }
    }

    @Test
    void aReaderSeesTheLastCommitMeanwhile() throws Exception {
        try (Connection stalled = stall()) {
            assertThat(stalled.isClosed()).isFalse();
            try (ResultStore store = ResultStore.read(folder)) {
                assertThat(store.results()).isEmpty();
            }
        }
    }

    @Test
    void aRunWaitsForItsTrialsAndItsSignsOfLifeGoOn() throws Exception {
        try (Claims claims = Claims.open(folder)) {
            whileStalled(claims::beat);
            whileStalled(() -> assertThat(claims.take(List.of(ONE))).containsExactly(ONE));
        }
    }

    /** Two minutes without a sign of life: the other machine takes over, and both get to an end, with one result. */
    @Test
    void aRunThatHangsForLongerThanALeaseLosesItsTrialsAndHarmsNothing() throws Exception {
        AtomicLong clock = new AtomicLong();
        TrialOutcome outcome = Outcomes.outcome(ONE);
        try (Claims hanging = Claims.open(folder, "its machine", System::nanoTime);
                Claims elsewhere = Claims.open(folder, "another machine", clock::get);
                ResultStore store = ResultStore.open(folder)) {
            assertThat(hanging.take(List.of(ONE))).containsExactly(ONE);
            assertThat(elsewhere.take(List.of(ONE))).isEmpty();
            clock.addAndGet(Claims.LEASE.toNanos() + 1);
            assertThat(elsewhere.take(List.of(ONE))).containsExactly(ONE);
            store.commit(outcome);
            whileStalled(() -> store.commit(outcome)); // the one that hung goes on and commits, too
            hanging.release(List.of(ONE));
            assertThat(elsewhere.take(List.of(ONE))).as("still its own").containsExactly(ONE);
            assertThat(store.results()).hasSize(1);
        }
    }

    /** As long as a run that says nothing counts as alive. */
    @Test
    void aRunWaitsForALease() throws SQLException {
        try (Connection run = StoreConnection.writable(folder, folder.resolve(ResultStore.FILE));
                Statement statement = run.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA busy_timeout").getLong(1)).isEqualTo(Claims.LEASE.toMillis());
        }
    }

    /** Something that writes. */
    private interface Writing {
        void run() throws IOException;
    }

    private void whileStalled(Writing writing) throws Exception {
        Future<Void> written;
        try (Connection stalled = stall()) {
            assertThat(stalled.isClosed()).isFalse();
            written = writer.submit(() -> {
                writing.run();
                return null;
            });
            try {
                written.get(STALL.toMillis(), TimeUnit.MILLISECONDS);
                throw new AssertionError("it was written though the store hangs");
            } catch (TimeoutException waits) {
                assertThat(written.isDone()).isFalse();
            }
        }
        written.get(30, TimeUnit.SECONDS);
    }

    private Connection stall() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(ResultStore.FILE));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }
}

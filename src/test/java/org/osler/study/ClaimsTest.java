package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {

    private static final Trial ONE = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
    private static final Trial TWO = Outcomes.trial(new Strategy.LinearProbe(1e-3), 1);
    private static final long LEASE = Claims.LEASE.toNanos();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeStore() {
        ResultStore.open(folder).close();
    }

    @Test
    void whatOneRunHasNoOtherGetsUntilItIsGivenBackOrTheRunIsOver() throws IOException {
        try (Claims second = Claims.open(folder)) {
            try (Claims first = Claims.open(folder)) {
                assertThat(first.take(List.of(ONE, TWO))).containsExactly(ONE, TWO);
                assertThat(second.take(List.of(ONE, TWO))).isEmpty();
                first.release(List.of(ONE));
                assertThat(second.take(List.of(ONE, TWO))).containsExactly(ONE);
                assertThat(first.take(List.of(ONE, TWO))).containsExactly(TWO);
                assertThat(second.isUndecided()).isFalse();
            }
            assertThat(second.take(List.of(ONE, TWO))).containsExactly(ONE, TWO);
        }
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void whatADeadRunOnThisMachineHadComesBackAtOnce() throws IOException, SQLException {
        enterDead(Machine.place());
        try (Claims claims = Claims.open(folder)) {
            assertThat(claims.take(List.of(ONE))).containsExactly(ONE);
        }
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void runOnAnotherMachineIsDeadWhenItSaysNothingForALease() throws IOException, SQLException {
        enterDead("another machine");
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - LEASE / 2); // steady clocks may run over
        try (Claims claims = Claims.open(folder, "this machine", clock::get)) {
            assertThat(claims.take(List.of(ONE, TWO))).containsExactly(TWO);
            assertThat(claims.isUndecided()).isTrue();
            clock.addAndGet(LEASE);
            assertThat(claims.take(List.of(ONE))).isEmpty();
            clock.addAndGet(1);
            assertThat(claims.take(List.of(ONE))).containsExactly(ONE);
            assertThat(claims.isUndecided()).isFalse();
        }
    }

    @Test
    void runOnAnotherMachineThatGivesASignOfLifeKeepsWhatItHas() throws IOException {
        AtomicLong clock = new AtomicLong();
        try (Claims there = Claims.open(folder, "another machine", System::nanoTime);
                Claims here = Claims.open(folder, "this machine", clock::get)) {
            there.take(List.of(ONE));
            for (int i = 0; i < 3; i++) {
                assertThat(here.take(List.of(ONE))).isEmpty();
                clock.addAndGet(LEASE * 9 / 10);
                there.beat();
            }
            assertThat(here.take(List.of(ONE))).isEmpty();
            assertThat(here.isUndecided()).isFalse();
        }
    }

    /** Suspended for longer than a lease, say; it takes part again, and what the other took meanwhile stays there. */
    @Test
    void runThatWasTakenForDeadElsewhereIsStillKnownToLiveOnItsOwnMachine() throws IOException {
        AtomicLong clock = new AtomicLong();
        try (Claims stalled = Claims.open(folder, "its machine", System::nanoTime);
                Claims elsewhere = Claims.open(folder, "another machine", clock::get)) {
            assertThat(elsewhere.take(List.of(ONE))).containsExactly(ONE);
            clock.addAndGet(LEASE + 1);
            assertThat(elsewhere.take(List.of(TWO))).containsExactly(TWO);
            elsewhere.release(List.of(ONE, TWO));
            // Not entered any more, and its lock must still be there: it takes something and is entered again.
            assertThat(folder.resolve("runs")).isDirectoryContaining("glob:**.lock");
            assertThat(stalled.take(List.of(ONE))).containsExactly(ONE);
            assertThat(elsewhere.take(List.of(ONE))).isEmpty();
            try (var locks = Files.list(folder.resolve("runs"))) {
                assertThat(locks).hasSize(2);
            }
        }
    }

    @Test
    void runThatWasTakenForDeadEntersItselfAgain() throws IOException {
        AtomicLong clock = new AtomicLong();
        try (Claims there = Claims.open(folder, "another machine", System::nanoTime);
                Claims here = Claims.open(folder, "this machine", clock::get)) {
            there.take(List.of(ONE));
            here.take(List.of(ONE));
            clock.addAndGet(LEASE + 1);
            assertThat(here.take(List.of(ONE))).containsExactly(ONE);
            there.beat();
            assertThat(there.take(List.of(ONE, TWO))).containsExactly(TWO);
        }
    }

    /** A run that was killed: its row and its file are there, and nobody holds the lock. */
    private void enterDead(String place) throws IOException, SQLException {
        Files.createDirectories(folder.resolve("runs"));
        Files.createFile(folder.resolve("runs/dead.lock"));
        StoreSql.change(
                folder,
                "INSERT INTO run VALUES (7, 'dead', '" + place + "', 5)",
                "INSERT INTO claim VALUES ('" + ONE.id() + "', 7)");
    }
}

package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which run works on which trials, so that several runs share a results folder: each takes what no other has, and what a
 * dead run had comes back.
 *
 * <p>Whether a run is alive is never read off a clock. On the same machine the operating system knows: a run holds a lock
 * on a file, {@link RunLock}, which it loses with its life and not before, however long it is suspended. Of a run on
 * another machine the lock may not be visible; it counts a number up in the store, and is dead when that has stood still
 * for a {@link #LEASE} that the observer measured on its own steady clock ({@link System#nanoTime}). So clocks that jump
 * or differ do nothing.
 */
final class Claims implements AutoCloseable {

    /** How long a run on another machine may say nothing before it counts as dead. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final Path folder;
    private final Path store;
    private final Connection connection;
    private final RunLock lock;
    private final String place;
    private final LongSupplier clock;
    private final Thread beating;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Set<String> knownToLive = new HashSet<>();

    /** Another run's count when it last changed under our eyes, and when that was by our clock. */
    private record Seen(long beats, long nanos) {}

    /** A run as the store has it. */
    private record Run(long number, String name, String place, long beats) {}

    private Claims(Path folder, Path store, Connection connection, RunLock lock, String place, LongSupplier clock) {
        this.folder = folder;
        this.store = store;
        this.connection = connection;
        this.lock = lock;
        this.place = place;
        this.clock = clock;
        this.beating = new Thread(this::beatOn, "claims");
        beating.setDaemon(true);
    }

    /** Enters a run into the store of a results folder. */
    static Claims open(Path folder) throws IOException {
        return open(folder, Machine.place(), System::nanoTime);
    }

    /** The same, for tests, at another place by another clock. */
    static Claims open(Path folder, String place, LongSupplier clock) throws IOException {
        Path store = folder.resolve(ResultStore.FILE);
        Connection connection = StoreConnection.writable(folder, store);
        Claims claims = new Claims(folder, store, connection, RunLock.take(folder), place, clock);
        claims.enter();
        claims.beating.start();
        return claims;
    }

    /** Of these trials those that are this run's from now on: no living run had them. */
    synchronized List<Trial> take(List<Trial> trials) throws IOException {
        buryTheDead();
        List<Trial> mine = new ArrayList<>();
        try {
            execute("BEGIN IMMEDIATE");
            try {
                oneMore(); // a run that was taken for dead must be entered to have anything
                for (Trial trial : trials) {
                    execute(
                            "INSERT OR IGNORE INTO claim (trial, run) SELECT ?, number FROM run WHERE name = ?",
                            trial.id(),
                            lock.name());
                }
                Set<String> held = held();
                trials.stream().filter(trial -> held.contains(trial.id())).forEach(mine::add);
                execute("COMMIT");
            } catch (SQLException e) {
                execute("ROLLBACK");
                throw e;
            }
        } catch (SQLException e) {
            throw StoreConnection.failure(store, e);
        }
        return mine;
    }

    /** Gives trials back: they are done, or failed. */
    synchronized void release(Collection<Trial> trials) {
        try {
            for (Trial trial : trials) {
                execute(
                        "DELETE FROM claim WHERE trial = ? AND run = (SELECT number FROM run WHERE name = ?)",
                        trial.id(),
                        lock.name());
            }
        } catch (SQLException e) {
            throw StoreConnection.failure(store, e);
        }
    }

    private Set<String> held() throws SQLException {
        String sql = "SELECT c.trial FROM claim c JOIN run r ON r.number = c.run WHERE r.name = ?";
        Set<String> ids = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, lock.name());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids;
    }

    /** Whether some run may be dead and it takes more time to know: it is on another machine and was not watched for long. */
    synchronized boolean isUndecided() throws IOException {
        buryTheDead();
        try {
            return others().stream().anyMatch(run -> !run.place().equals(place) && !knownToLive.contains(run.name()));
        } catch (SQLException e) {
            throw StoreConnection.failure(store, e);
        }
    }

    private void buryTheDead() throws IOException {
        try {
            for (Run run : others()) {
                if (isDead(run)) {
                    LOG.debug("run {} is dead, its trials come back", run.name());
                    execute("DELETE FROM run WHERE number = ? AND beats = ?", run.number(), run.beats());
                    seen.remove(run.name()); // should it enter itself again, it counts from the start
                    knownToLive.remove(run.name());
                    if (run.place().equals(place)) { // of another machine's run the lock may still be held
                        RunLock.remove(folder, run.name());
                    }
                }
            }
        } catch (SQLException e) {
            throw StoreConnection.failure(store, e);
        }
    }

    private boolean isDead(Run run) throws IOException {
        if (run.place().equals(place)) {
            return !RunLock.isHeld(folder, run.name());
        }
        long now = clock.getAsLong();
        Seen last = seen.get(run.name());
        if (last != null && last.beats() != run.beats()) {
            knownToLive.add(run.name());
        }
        if (last == null || last.beats() != run.beats()) {
            seen.put(run.name(), new Seen(run.beats(), now));
            return false;
        }
        return now - last.nanos() > LEASE.toNanos();
    }

    private List<Run> others() throws SQLException {
        String sql = "SELECT number, name, place, beats FROM run WHERE name <> ?";
        List<Run> others = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, lock.name());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    others.add(new Run(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
                }
            }
        }
        return others;
    }

    private void beatOn() {
        try {
            while (true) {
                Thread.sleep(BEAT.toMillis());
                beat();
            }
        } catch (InterruptedException e) {
            LOG.debug("the run is over", e);
        }
    }

    private void enter() {
        try {
            oneMore();
        } catch (SQLException e) {
            throw StoreConnection.failure(store, e);
        }
    }

    /** One sign of life. A run that was taken for dead, being suspended for long, enters itself again. */
    synchronized void beat() {
        try {
            oneMore();
        } catch (SQLException e) {
            LOG.debug("no sign of life could be given; the next may do", e);
        }
    }

    private void oneMore() throws SQLException {
        execute(
                "INSERT INTO run (name, place, beats) VALUES (?, ?, 0) ON CONFLICT (name) DO UPDATE SET beats = beats + 1",
                lock.name(),
                place);
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws IOException {
        beating.interrupt();
        synchronized (this) {
            try {
                execute("DELETE FROM run WHERE name = ?", lock.name());
                connection.close();
            } catch (SQLException e) {
                LOG.debug("the run could not be struck out; its lock tells that it is over", e);
            }
        }
        lock.close();
    }
}

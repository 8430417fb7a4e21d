package org.osler.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Split;

/**
 * The results of a study, in {@code results.db}, an SQLite database: the truth from which every table and report is
 * made.
 *
 * <p>A trial is done if, and only if, its result is committed. A commit is one transaction, forced to disk before it
 * returns; a process killed at any moment loses nothing that was committed and leaves nothing half-made. May be used
 * by several threads, one at a time.
 */
public final class ResultStore implements AutoCloseable {

    /** The database's name in the results folder. */
    public static final String FILE = "results.db";

    private final Connection connection;
    private final Path file;

    private ResultStore(Connection connection, Path file) {
        this.connection = connection;
        this.file = file;
    }

    /**
     * Opens the store of a results folder for writing; makes folder and store if need be.
     *
     * @throws InputException if the folder cannot be written to, or its {@code results.db} is no store or one of a
     *     newer Osler
     */
    public static ResultStore open(Path folder) {
        Path file = folder.resolve(FILE);
        return new ResultStore(StoreConnection.writable(folder, file), file);
    }

    /**
     * Opens an existing store for reading only; works in folders that cannot be written to.
     *
     * @throws InputException if there is none, or it is no store or one of a newer Osler
     */
    public static ResultStore read(Path folder) {
        Path file = folder.resolve(FILE);
        return new ResultStore(StoreConnection.readOnly(folder, file), file);
    }

    /** Whether a result of this trial is committed. */
    public boolean isDone(Trial trial) {
        return find(trial).isPresent();
    }

    /** The committed result of this trial; {@link Provenance#madeFrom} tells whether it still stands. */
    public synchronized Optional<TrialResult> find(Trial trial) {
        try (PreparedStatement select =
                connection.prepareStatement(ResultRows.select(connection) + " WHERE t.id = ?")) {
            select.setString(1, trial.id());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(result(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /** Every committed result, without scores, in the order of the study. */
    public synchronized List<TrialResult> results() {
        try (PreparedStatement select =
                        connection.prepareStatement(ResultRows.select(connection) + " ORDER BY t.number");
                ResultSet rows = select.executeQuery()) {
            List<TrialResult> results = new ArrayList<>();
            while (rows.next()) {
                results.add(result(rows));
            }
            return results;
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /** Every trial that the store has heard of, with a result or without, in the order of the study. */
    synchronized List<Trial> trials() {
        try (PreparedStatement select = connection.prepareStatement("SELECT json FROM trial ORDER BY number");
                ResultSet rows = select.executeQuery()) {
            List<Trial> trials = new ArrayList<>();
            while (rows.next()) {
                trials.add(trial(rows.getString(1)));
            }
            return trials;
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /** Gives trials their place in the order of {@link #results}, whenever their results come. */
    synchronized void inOrder(List<Trial> trials) {
        transaction(() -> {
            for (Trial trial : trials) {
                trialNumber(trial);
            }
        });
    }

    /**
     * Puts a result away in one transaction, in place of an older one and of failures of the same trial.
     *
     * @throws InputException if the disk is full or the store cannot be written to
     */
    public synchronized void commit(TrialOutcome outcome) {
        transaction(() -> {
            long number = trialNumber(outcome.trial());
            execute("DELETE FROM result WHERE trial = ?", number);
            execute("DELETE FROM failure WHERE trial = ?", number);
            ResultRows.insert(connection, number, outcome);
        });
    }

    /** Notes that a trial could not be finished; an older result of it stays. */
    public synchronized void fail(Trial trial, String reason) {
        transaction(() -> {
            long number = trialNumber(trial);
            execute("DELETE FROM failure WHERE trial = ?", number);
            execute("INSERT INTO failure (trial, reason, at) VALUES (?, ?, ?)", number, reason, Instant.now());
        });
    }

    /** The trials that failed when they were last tried. */
    public synchronized List<TrialFailure> failures() {
        String sql =
                "SELECT t.json, f.reason, f.at FROM failure f JOIN trial t ON t.number = f.trial ORDER BY t.number";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<TrialFailure> failures = new ArrayList<>();
            while (rows.next()) {
                failures.add(new TrialFailure(
                        trial(rows.getString(1)), rows.getString(2), Instant.parse(rows.getString(3))));
            }
            return failures;
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /**
     * Scores of a committed result.
     *
     * @param trialId the trial's id
     * @param split validation or test; there are none for training
     * @return probabilities {@code [N, C]}; binary has the columns 1 − p, p
     * @throws NoSuchElementException if there are none
     */
    public synchronized double[][] scores(String trialId, Split split) {
        try (PreparedStatement select = connection.prepareStatement("SELECT s.classes, s.data, "
                + RowChecksum.column(connection, "s") + " FROM score s JOIN trial t ON t.number = s.trial"
                + " WHERE t.id = ? AND s.split = ?")) {
            select.setString(1, trialId);
            select.setString(2, split.id());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new NoSuchElementException("scores of " + trialId + " on " + split.id());
                }
                byte[] data = rows.getBytes(2);
                RowChecksum.require(rows.getString(3), RowChecksum.of(data), "scores");
                return ScoreBlob.decode(data, rows.getInt(1));
            }
        } catch (IllegalStateException e) {
            throw damaged(e);
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /**
     * The checksum of a committed result's scores, as it was stored with them; empty text in stores from before there
     * were any.
     *
     * @throws NoSuchElementException if there are no scores
     */
    public synchronized String scoresChecksum(String trialId, Split split) {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + RowChecksum.column(connection, "s")
                + " FROM score s JOIN trial t ON t.number = s.trial WHERE t.id = ? AND s.split = ?")) {
            select.setString(1, trialId);
            select.setString(2, split.id());
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new NoSuchElementException("scores of " + trialId + " on " + split.id());
                }
                String checksum = rows.getString(1);
                return checksum == null ? "" : checksum;
            }
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    private TrialResult result(ResultSet row) throws SQLException {
        try {
            return ResultRows.read(connection, row);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    private Trial trial(String json) {
        try {
            return TrialJson.read(json);
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    /** What the database itself holds to be whole, and yet no Osler wrote. */
    private InputException damaged(RuntimeException fault) {
        return new InputException(
                file + " is damaged: it holds what is no result (" + fault.getMessage() + "); run the study again with"
                        + " another --out, or take the file from a copy",
                fault);
    }

    /** For tests: a database that may not grow behaves as on a full disk. */
    void limitPages(int pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /** What is done within one transaction. */
    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(Work work) {
        try {
            execute("BEGIN IMMEDIATE");
            try {
                work.run();
                execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw StoreConnection.failure(file, e);
        }
    }

    /** On a full disk SQLite has rolled back by itself, and there is nothing left to roll back. */
    private void rollBack(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private long trialNumber(Trial trial) throws SQLException {
        execute("INSERT OR IGNORE INTO trial (id, json) VALUES (?, ?)", trial.id(), trial.canonicalJson());
        try (PreparedStatement select = connection.prepareStatement("SELECT number FROM trial WHERE id = ?")) {
            select.setString(1, trial.id());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof Instant at ? at.toString() : values[i]);
            }
            statement.executeUpdate();
        }
    }
}

package org.osler.study;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osler.InputException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** Connections to stores, with the schema made or checked. */
final class StoreConnection {

    /** Goes up by one with each change of the schema. */
    static final int VERSION = 4;

    /** "OSLR" as SQLite's application id: tells a store from other databases. */
    private static final int APPLICATION_ID = 0x4f534c52;

    private static final int READER_WAITS_MILLISECONDS = 10_000;

    /** A run waits as long as another one that says nothing counts as alive: it may hang in a network file system. */
    private static final int RUN_WAITS_MILLISECONDS = Math.toIntExact(Claims.LEASE.toMillis());

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE trial (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL) STRICT",
            """
            CREATE TABLE result (
              trial INTEGER PRIMARY KEY REFERENCES trial ON DELETE CASCADE,
              data TEXT NOT NULL, provenance TEXT NOT NULL, best INTEGER NOT NULL, seconds REAL NOT NULL,
              val_acc REAL NOT NULL, val_auc REAL, test_acc REAL NOT NULL, test_auc REAL,
              val TEXT NOT NULL, test TEXT NOT NULL, checksum TEXT) STRICT""",
            """
            CREATE TABLE curve (
              trial INTEGER NOT NULL REFERENCES result ON DELETE CASCADE, point INTEGER NOT NULL,
              epoch INTEGER NOT NULL, iteration INTEGER NOT NULL, train_loss REAL, val_acc REAL, val_auc REAL,
              val_loss REAL,
              PRIMARY KEY (trial, point)) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE score (
              trial INTEGER NOT NULL REFERENCES result ON DELETE CASCADE, split TEXT NOT NULL,
              classes INTEGER NOT NULL, data BLOB NOT NULL, checksum TEXT, PRIMARY KEY (trial, split)) STRICT""",
            """
            CREATE TABLE failure (
              trial INTEGER PRIMARY KEY REFERENCES trial ON DELETE CASCADE,
              reason TEXT NOT NULL, at TEXT NOT NULL) STRICT""",
            Upgrades.RUN,
            Upgrades.CLAIM,
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + VERSION);

    private static final Set<String> LOCAL_FILE_SYSTEMS = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "xfs",
            "btrfs",
            "zfs",
            "f2fs",
            "jfs",
            "bcachefs",
            "tmpfs",
            "overlay",
            "apfs",
            "hfs",
            "ufs",
            "ntfs",
            "refs");

    private StoreConnection() {}

    static Connection writable(Path folder, Path file) {
        makeFolder(folder);
        var config = config(RUN_WAITS_MILLISECONDS);
        config.setJournalMode(onLocalDisk(folder) ? SQLiteConfig.JournalMode.WAL : SQLiteConfig.JournalMode.DELETE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return connect("jdbc:sqlite:" + file, config, file, true);
    }

    static Connection readOnly(Path folder, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "there are no results in " + folder + ": no " + file.getFileName() + "; `osler run` writes one");
        }
        var config = config(READER_WAITS_MILLISECONDS);
        // Whoever closes a store last tidies its log away; SQLite's own read-only connections may not, and would leave
        // it.
        config.setReadOnly(!Files.isWritable(folder) || !Files.isWritable(file));
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        // A folder that cannot be written to cannot hold the WAL's index; then nobody else writes either.
        String options = Files.isWritable(folder) ? "" : "?immutable=1";
        return connect("jdbc:sqlite:" + file.toUri() + options, config, file, false);
    }

    /** A database error as the user should see it: full disks and locked or damaged files are not ours to mend. */
    static RuntimeException failure(Path file, SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return new IllegalStateException(file + ": " + e.getMessage(), e);
        }
        String reason = switch (sqlite.getResultCode()) {
            case SQLITE_NOTADB, SQLITE_CORRUPT -> "is no store of Osler's, or is damaged";
            case SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE ->
                "cannot be written: the disk is full or failing; what was committed is kept";
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_READONLY_DBMOVED, SQLITE_CANTOPEN, SQLITE_PERM ->
                "cannot be written to; choose another folder with --out";
            case SQLITE_BUSY, SQLITE_LOCKED -> "is in use by another run; wait for it or choose another --out";
            default -> null;
        };
        return reason == null
                ? new IllegalStateException(file + ": " + e.getMessage(), e)
                : new InputException(file + " " + reason, e);
    }

    private static SQLiteConfig config(int waits) {
        var config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(waits);
        return config;
    }

    private static Connection connect(String url, SQLiteConfig config, Path file, boolean writable) {
        try {
            Connection connection = DriverManager.getConnection(url, config.toProperties());
            try {
                prepare(connection, file, writable);
                return connection;
            } catch (SQLException | InputException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private static void prepare(Connection connection, Path file, boolean writable) throws SQLException {
        execute(connection, "PRAGMA trusted_schema = OFF"); // the file may be a stranger's
        if (!writable) {
            execute(connection, "PRAGMA query_only = ON");
        }
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        int tables = number(connection, "SELECT count(*) FROM sqlite_master");
        if (application == 0 && version == 0 && tables == 0 && writable) {
            create(connection);
        } else if (application != APPLICATION_ID) {
            throw new InputException(file + " is no store of Osler's; choose another folder with --out");
        } else if (version > VERSION) {
            throw new InputException(file + " was written by a newer Osler (store version " + version
                    + ", this one reads " + VERSION + "); use that one, or choose another folder with --out");
        } else if (version < VERSION && writable) {
            bringUp(connection);
        }
    }

    /** Brings an older store up, one version after the other, all in one transaction. */
    private static void bringUp(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            // Asked again: another run may have brought it up meanwhile.
            for (int version = number(connection, "PRAGMA user_version"); version < VERSION; version++) {
                for (String sql : Upgrades.FROM.get(version)) {
                    statement.executeUpdate(sql);
                }
            }
            statement.executeUpdate("PRAGMA user_version = " + VERSION);
            statement.execute("COMMIT");
        }
    }

    /** The expression for a validation's loss: stores of version 1 that are only read have none. */
    static String valLoss(Connection connection) throws SQLException {
        return version(connection) < 2 ? "NULL" : "val_loss";
    }

    /** The version of a store's schema. */
    static int version(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version");
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            if (number(connection, "PRAGMA application_id") == 0) { // else another run was quicker
                for (String sql : SCHEMA) {
                    statement.executeUpdate(sql);
                }
            }
            statement.execute("COMMIT");
        }
    }

    /** SQLite's write-ahead log needs memory that processes share, which a network file system does not give. */
    private static boolean onLocalDisk(Path folder) {
        try {
            return LOCAL_FILE_SYSTEMS.contains(Files.getFileStore(folder).type().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            return false;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (AccessDeniedException e) {
            throw new InputException("results cannot be written to " + folder + ": permission denied", e);
        } catch (FileSystemException e) {
            throw new InputException(
                    "results cannot be written to " + folder + ": "
                            + (e.getReason() == null ? "a file is in the way" : e.getReason()),
                    e);
        } catch (IOException e) {
            throw new InputException("results cannot be written to " + folder + ": " + e.getMessage(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new InputException("results cannot be written to " + folder + ": the folder is read-only");
        }
    }
}

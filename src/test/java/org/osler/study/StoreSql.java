package org.osler.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A store as SQLite sees it, past all that Osler makes sure of. */
final class StoreSql {

    private StoreSql() {}

    /** Runs some statements on the store of a results folder. */
    static void change(Path folder, String... sql) throws SQLException {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    /** The first value that a query gives. */
    static String value(Path folder, String sql) throws SQLException {
        try (Connection connection = connect(folder);
                Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getString(1);
        }
    }

    private static Connection connect(Path folder) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(ResultStore.FILE));
    }
}

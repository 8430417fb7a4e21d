package org.osler.study;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.osler.data.Split;
import org.osler.metric.Evaluation;
import org.osler.train.CurvePoint;
import org.osler.train.Fit;

/** Results as rows of the store. */
final class ResultRows {

    private ResultRows() {}

    /** The query of {@link #read}, but for its {@code WHERE} and {@code ORDER}. */
    static String select(Connection connection) throws SQLException {
        return "SELECT t.number, t.json, r.data, r.provenance, r.best, r.seconds, r.val, r.test, "
                + RowChecksum.column(connection, "r") + " FROM result r JOIN trial t ON t.number = r.trial";
    }

    static void insert(Connection connection, long number, TrialOutcome outcome) throws SQLException {
        String sql = "INSERT INTO result (trial, data, provenance, best, seconds, val_acc, val_auc, test_acc, test_auc,"
                + " val, test, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        String data = StoreJson.write(outcome.data());
        String provenance = StoreJson.write(outcome.provenance());
        String val = StoreJson.write(outcome.val());
        String test = StoreJson.write(outcome.test());
        Fit fit = outcome.fit();
        int best = fit.curve().indexOf(fit.best());
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, number);
            insert.setString(2, data);
            insert.setString(3, provenance);
            insert.setInt(4, best);
            insert.setDouble(5, fit.seconds());
            insert.setDouble(6, outcome.val().accuracy());
            setNumber(insert, 7, outcome.val().auc());
            insert.setDouble(8, outcome.test().accuracy());
            setNumber(insert, 9, outcome.test().auc());
            insert.setString(10, val);
            insert.setString(11, test);
            String trial = outcome.trial().canonicalJson();
            insert.setString(12, checksum(trial, data, provenance, best, fit.seconds(), val, test, fit.curve()));
            insert.executeUpdate();
        }
        insertCurve(connection, number, fit.curve());
        insertScores(connection, number, Split.VAL, fit.valScores());
        insertScores(connection, number, Split.TEST, fit.testScores());
    }

    private static String checksum(
            String trial,
            String data,
            String provenance,
            int best,
            double seconds,
            String val,
            String test,
            List<CurvePoint> curve) {
        return new RowChecksum()
                .with(trial)
                .with(data)
                .with(provenance)
                .with(best + " " + seconds)
                .with(val)
                .with(test)
                .with(curve)
                .digits();
    }

    /**
     * The result in the present row of {@link #select}.
     *
     * @throws RuntimeException if it is not what was written
     */
    static TrialResult read(Connection connection, ResultSet row) throws SQLException {
        List<CurvePoint> curve = curve(connection, row.getLong(1));
        String computed = checksum(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getDouble(6),
                row.getString(7),
                row.getString(8),
                curve);
        RowChecksum.require(row.getString(9), computed, "a result");
        return new TrialResult(
                TrialJson.read(row.getString(2)),
                StoreJson.read(row.getString(3), DataFacts.class),
                curve.get(row.getInt(5)),
                curve,
                row.getDouble(6),
                StoreJson.read(row.getString(7), Evaluation.class),
                StoreJson.read(row.getString(8), Evaluation.class),
                StoreJson.read(row.getString(4), Provenance.class));
    }

    private static void insertCurve(Connection connection, long number, List<CurvePoint> curve) throws SQLException {
        String sql = "INSERT INTO curve (trial, point, epoch, iteration, train_loss, val_acc, val_auc,"
                + " val_loss) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < curve.size(); i++) {
                CurvePoint point = curve.get(i);
                insert.setLong(1, number);
                insert.setInt(2, i);
                insert.setInt(3, point.epoch());
                insert.setInt(4, point.iteration());
                setNumber(insert, 5, point.trainLoss());
                setNumber(insert, 6, point.valAccuracy());
                setNumber(insert, 7, point.valAuc());
                setNumber(insert, 8, point.valLoss());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<CurvePoint> curve(Connection connection, long number) throws SQLException {
        String sql = "SELECT epoch, iteration, train_loss, val_acc, val_auc, " + StoreConnection.valLoss(connection)
                + " FROM curve WHERE trial = ? ORDER BY point";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, number);
            try (ResultSet rows = select.executeQuery()) {
                List<CurvePoint> curve = new ArrayList<>();
                while (rows.next()) {
                    curve.add(new CurvePoint(
                            rows.getInt(1),
                            rows.getInt(2),
                            number(rows, 3),
                            number(rows, 4),
                            number(rows, 5),
                            number(rows, 6)));
                }
                return curve;
            }
        }
    }

    private static void insertScores(Connection connection, long number, Split split, double[][] scores)
            throws SQLException {
        String sql = "INSERT INTO score (trial, split, classes, data, checksum) VALUES (?, ?, ?, ?, ?)";
        byte[] data = ScoreBlob.encode(scores);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, number);
            insert.setString(2, split.id());
            insert.setInt(3, scores.length == 0 ? 0 : scores[0].length);
            insert.setBytes(4, data);
            insert.setString(5, RowChecksum.of(data));
            insert.executeUpdate();
        }
    }

    /** SQLite keeps NaN as NULL; so do we, openly. */
    private static void setNumber(PreparedStatement statement, int index, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setNull(index, Types.REAL);
        } else {
            statement.setDouble(index, value);
        }
    }

    private static double number(ResultSet rows, int index) throws SQLException {
        double value = rows.getDouble(index);
        return rows.wasNull() ? Double.NaN : value;
    }
}

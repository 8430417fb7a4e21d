package org.osler.study;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.osler.train.CurvePoint;

/**
 * Checksums of what the store holds, so that no number is reported that a disk has changed: SQLite itself sees damage to
 * the structure of its file only. CRC-32C, 8 hexadecimal digits; rows from before version 4 have none.
 */
final class RowChecksum {

    /** The version of the store that brought them. */
    static final int SINCE = 4;

    private final CRC32C sum = new CRC32C();

    /** The checksum of scores as they are stored. */
    static String of(byte[] scores) {
        RowChecksum checksum = new RowChecksum();
        checksum.sum.update(scores);
        return checksum.digits();
    }

    /** Takes a text in. */
    RowChecksum with(String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
        return this;
    }

    /** Takes a curve in, field by field, so that fields to come do not change the sums of old rows. */
    RowChecksum with(List<CurvePoint> curve) {
        for (CurvePoint point : curve) {
            with(point.epoch() + " " + point.iteration() + " " + point.trainLoss() + " " + point.valAccuracy() + " "
                    + point.valAuc() + " " + point.valLoss());
        }
        return this;
    }

    String digits() {
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** Refuses a row that is not as it was written; one without a checksum passes. */
    static void require(String stated, String computed, String what) {
        if (stated != null && !stated.equals(computed)) {
            throw new IllegalStateException("the checksum of " + what + " differs");
        }
    }

    /** The expression for a table's checksum: older stores that are only read have no such column. */
    static String column(Connection connection, String table) throws SQLException {
        return StoreConnection.version(connection) < SINCE ? "NULL" : table + ".checksum";
    }
}

package org.osler.study;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Scores as bytes: float64, little-endian, row by row. */
final class ScoreBlob {

    private ScoreBlob() {}

    static byte[] encode(double[][] scores) {
        int classes = scores.length == 0 ? 0 : scores[0].length;
        ByteBuffer bytes =
                ByteBuffer.allocate(scores.length * classes * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] row : scores) {
            for (double score : row) {
                bytes.putDouble(score);
            }
        }
        return bytes.array();
    }

    static double[][] decode(byte[] data, int classes) {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        int samples = classes == 0 ? 0 : data.length / (classes * Double.BYTES);
        double[][] scores = new double[samples][classes];
        for (double[] row : scores) {
            for (int c = 0; c < classes; c++) {
                row[c] = bytes.getDouble();
            }
        }
        return scores;
    }
}

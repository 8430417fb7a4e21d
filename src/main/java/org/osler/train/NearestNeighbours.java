package org.osler.train;

import java.util.List;
import org.osler.data.Split;
import org.osler.metric.Accuracy;
import org.osler.metric.RocAuc;
import org.osler.metric.Task;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * k nearest neighbours by Euclidean distance, each with one vote, as scikit-learn's {@code KNeighborsClassifier} counts
 * by default: a class's score is its share of the votes. Multi-label: each label is voted on by itself.
 */
public final class NearestNeighbours {

    private static final int CHUNK = 1024;

    private NearestNeighbours() {}

    /**
     * Lets the training features vote on validation and test.
     *
     * @param k neighbours that vote, 1 to the number of training images
     */
    public static Fit run(FeatureSet data, int k) {
        int available = data.labels().get(Split.TRAIN).length;
        if (k < 1 || k > available) {
            throw new org.osler.InputException(
                    "k = " + k + " neighbours: there are " + available + " training images, so k is 1 to " + available);
        }
        long start = System.nanoTime();
        double[][] val = votes(data, Split.VAL, k);
        double[][] test = votes(data, Split.TEST, k);
        int[][] labels = data.labels().get(Split.VAL);
        CurvePoint only = new CurvePoint(
                0,
                0,
                Double.NaN,
                Accuracy.of(data.task(), labels, val),
                RocAuc.of(data.task(), labels, val).value(),
                Double.NaN);
        return new Fit(only, List.of(only), val, test, (System.nanoTime() - start) / 1e9);
    }

    private static double[][] votes(FeatureSet data, Split split, int k) {
        int[][] labels = data.labels().get(Split.TRAIN);
        double[][] scores = new double[data.labels().get(split).length][];
        double[] nearest =
                nearest(data.features().get(Split.TRAIN), data.features().get(split), k);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = vote(data, labels, nearest, i * k, k);
        }
        return scores;
    }

    /**
     * The nearest training vectors of each query, nearest first.
     *
     * @param train {@code [N, D]}
     * @param queries {@code [Q, D]}
     * @return indices of training vectors, {@code [Q, k]} row by row
     */
    static double[] nearest(Tensor train, Tensor queries, int k) {
        int count = Math.toIntExact(queries.size(0));
        double[] all = new double[Math.multiplyExact(count, k)];
        try (Scope scope = Scope.open()) {
            // float64: differences of squares in float32 would reorder near neighbours.
            Tensor exact = train.to(DType.FLOAT64);
            Tensor halfSquares = exact.mul(exact).sum(false, 1).mul(0.5);
            for (int from = 0; from < count; from += CHUNK) {
                int length = Math.min(CHUNK, count - from);
                try (Scope chunk = Scope.open()) {
                    // Nearest = largest q·t − |t|²/2, since |q|² is the same for all t.
                    Tensor closeness = queries.narrow(0, from, length)
                            .to(DType.FLOAT64)
                            .matmul(exact.transpose(0, 1))
                            .sub(halfSquares);
                    double[] indices = Functions.topIndices(closeness, k).toDoubles();
                    System.arraycopy(indices, 0, all, from * k, indices.length);
                }
            }
        }
        return all;
    }

    private static double[] vote(FeatureSet data, int[][] labels, double[] nearest, int start, int k) {
        double[] share = new double[data.classes()];
        for (int i = start; i < start + k; i++) {
            int[] label = labels[(int) nearest[i]];
            if (data.task() == Task.MULTI_LABEL) {
                for (int j = 0; j < label.length; j++) {
                    share[j] += label[j] / (double) k;
                }
            } else {
                share[label[0]] += 1.0 / k;
            }
        }
        for (int j = 0; j < share.length; j++) {
            // Sums of 1/k may pass 1 by rounding.
            share[j] = Math.min(1, share[j]);
        }
        return share;
    }
}

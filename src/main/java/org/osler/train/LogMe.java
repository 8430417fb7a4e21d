package org.osler.train;

import java.util.stream.IntStream;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * LogME, the logarithm of maximum evidence (You et al. 2021, arXiv 2102.11005): how well a linear model explains labels
 * from features, its weights integrated out. Nothing is trained, so it is a quick guess at which encoder fits; only
 * comparisons on one dataset mean anything.
 *
 * <p>Each class's 0/1 column y of length N is taken as y = F·w + noise with w ~ N(0, 1/α) and noise ~ N(0, 1/β). With
 * t = α/β, the singular values s of F and the coordinates z of y along its left singular vectors, the log evidence at
 * the best β for a given t is
 *
 * <pre>
 * L(t) = −N/2·(log 2π + log(q/N) + 1) − ½·Σ log(1 + s²/t),   q = |y|² − |z|² + Σ z²/(1 + s²/t)
 * </pre>
 *
 * whose maximum over t, by N and averaged over the classes that occur, is the score. The paper finds the same maximum by a fixed-point
 * iteration over α and β.
 */
public final class LogMe {

    /** Where the best t is looked for, in natural logarithms around the mean of s²: wide enough for "no noise" and "no signal". */
    private static final double REACH = 25;

    private static final int GRID = 200;
    private static final double TOLERANCE = 1e-9;
    /** Smaller squared singular values, relative to the largest, are rounding. */
    private static final double RANK_TOLERANCE = 1e-12;

    private static final double GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

    private LogMe() {}

    /** The score of the training features and labels; any real number, larger is better. */
    public static double of(FeatureSet data) {
        try (Scope scope = Scope.open()) {
            Tensor features = data.features().get(Split.TRAIN).to(DType.FLOAT64);
            int[][] labels = data.labels().get(Split.TRAIN);
            Tensor targets = Tensors.of(columns(data.task(), data.classes(), labels), labels.length, data.classes())
                    .to(DType.FLOAT64);
            Functions.Eigen eigen =
                    Functions.symmetricEigen(features.transpose(0, 1).matmul(features));
            double[] squares = eigen.values().toDoubles();
            // vᵀFᵀy = s·z
            double[] projections = eigen.vectors()
                    .transpose(0, 1)
                    .matmul(features.transpose(0, 1).matmul(targets))
                    .toDoubles();
            double[] norms = targets.mul(targets).sum(false, 0).toDoubles();
            return IntStream.range(0, data.classes())
                    .filter(c -> norms[c] > 0)
                    .mapToDouble(c -> Column.of(squares, projections, c, data.classes(), norms[c], labels.length)
                            .evidence())
                    .average()
                    .orElseThrow();
        }
    }

    /** 0/1 columns [N, C] of labels. */
    private static float[] columns(Task task, int classes, int[]... labels) {
        float[] columns = new float[labels.length * classes];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < classes; j++) {
                boolean set = task == Task.MULTI_LABEL ? labels[i][j] == 1 : labels[i][0] == j;
                columns[i * classes + j] = set ? 1 : 0;
            }
        }
        return columns;
    }

    /**
     * One column's evidence as a function of t.
     *
     * @param squares s², those above rounding
     * @param coordinates z², one for each of them
     * @param rest |y|² − |z|²
     * @param count N
     */
    private record Column(double[] squares, double[] coordinates, double rest, int count) {

        static Column of(double[] squares, double[] projections, int column, int classes, double norm, int count) {
            double smallest = squares[squares.length - 1] * RANK_TOLERANCE;
            int first = 0;
            while (first < squares.length && squares[first] <= smallest) {
                first++;
            }
            double[] kept = new double[squares.length - first];
            double[] coordinates = new double[kept.length];
            double rest = norm;
            for (int i = 0; i < kept.length; i++) {
                kept[i] = squares[first + i];
                double projection = projections[(first + i) * classes + column];
                coordinates[i] = projection * projection / kept[i];
                rest -= coordinates[i];
            }
            return new Column(kept, coordinates, Math.max(rest, norm * RANK_TOLERANCE), count);
        }

        /** The maximum over t of log evidence, by N. */
        double evidence() {
            double middle = Math.log(mean(squares));
            double step = 2 * REACH / GRID;
            double best = middle - REACH;
            for (int i = 1; i <= GRID; i++) {
                double at = middle - REACH + i * step;
                if (logEvidence(at) > logEvidence(best)) {
                    best = at;
                }
            }
            double low = best - step;
            double high = best + step;
            while (high - low > TOLERANCE) {
                double left = high - GOLDEN_SECTION * (high - low);
                double right = low + GOLDEN_SECTION * (high - low);
                if (logEvidence(left) > logEvidence(right)) {
                    high = right;
                } else {
                    low = left;
                }
            }
            return logEvidence((low + high) / 2) / count;
        }

        private double logEvidence(double logT) {
            double t = Math.exp(logT);
            double quadratic = rest;
            double determinant = 0;
            for (int i = 0; i < squares.length; i++) {
                quadratic += coordinates[i] / (1 + squares[i] / t);
                determinant += Math.log1p(squares[i] / t);
            }
            return -count / 2.0 * (Math.log(2 * Math.PI * quadratic / count) + 1) - determinant / 2;
        }

        private static double mean(double... values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }
    }
}

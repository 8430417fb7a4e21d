package org.osler.metric;

import java.util.OptionalDouble;

/**
 * Temperature scaling (Guo et al. 2017, arXiv 1706.04599): logits are divided by one number T, fitted on validation
 * cases so that their negative log-likelihood is least. Which answer is given does not change; how sure it is does.
 *
 * <p>In β = 1/T the negative log-likelihood is convex, so its minimum is where its derivative is 0, and halving finds it.
 */
public final class Temperature {

    /** A minimum outside of [1/1000, 1000] is none: there the fit follows a handful of cases. */
    private static final double LARGEST = 1000;

    private static final int HALVINGS = 64;

    private Temperature() {}

    /**
     * The temperature of least negative log-likelihood.
     *
     * @param labels {@code [N][1 or L]}
     * @param logits {@code [N][1 or C]}, see {@link Probabilities}; finite
     * @return T, from 1/1000 to 1000; empty if there is no minimum in that range: every case is answered rightly, so that
     *     no T is small enough, or the answers are no better than chance, so that none is large enough
     */
    public static OptionalDouble fit(Task task, int[][] labels, double[][] logits) {
        double low = -StrictMath.log(LARGEST);
        double high = -low;
        if (slope(task, labels, logits, low) >= 0 || slope(task, labels, logits, high) <= 0) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(task, labels, logits, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalDouble.of(StrictMath.exp(-(low + high) / 2));
    }

    /**
     * The mean negative log-likelihood of the labels in nats; of multi-label cases the mean over labels.
     *
     * @param labels {@code [N][1 or L]}
     * @param logits {@code [N][1 or C]}
     * @param temperature above 0
     */
    public static double negativeLogLikelihood(Task task, int[][] labels, double[][] logits, double temperature) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double[] row = logits[i];
            if (Probabilities.exclusive(task, row.length)) {
                sum += crossEntropy(row, labels[i][0], temperature);
            } else {
                double ofCase = 0;
                for (int j = 0; j < row.length; j++) {
                    double x = row[j] / temperature;
                    ofCase += Math.max(x, 0) - x * labels[i][j] + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
                }
                sum += ofCase / row.length;
            }
        }
        return sum / logits.length;
    }

    private static double crossEntropy(double[] row, int label, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : row) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (double value : row) {
            sum += StrictMath.exp((value - max) / temperature);
        }
        return StrictMath.log(sum) - (row[label] - max) / temperature;
    }

    /** The derivative by β at log β, but for a factor above 0: the sum over cases of Σ p z − Σ y z. */
    private static double slope(Task task, int[][] labels, double[][] logits, double logBeta) {
        double temperature = StrictMath.exp(-logBeta);
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double[] row = logits[i];
            double[] p = Probabilities.of(task, row, temperature);
            if (Probabilities.exclusive(task, row.length)) {
                for (int c = 0; c < row.length; c++) {
                    // Relative to the true class's logit, so that a class that is sure adds exactly nothing.
                    sum += p[c] * (row[c] - row[labels[i][0]]);
                }
            } else {
                for (int j = 0; j < row.length; j++) {
                    // (p − y) z, with 1 − p taken from the other side so that nothing is lost where p is near 1.
                    double wrong = labels[i][j] == 1
                            ? -1 / (1 + StrictMath.exp(row[j] / temperature))
                            : p[p.length - row.length + j];
                    sum += wrong * row[j];
                }
            }
        }
        return sum;
    }
}

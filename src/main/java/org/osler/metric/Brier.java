package org.osler.metric;

/**
 * Brier score (Brier 1950): the mean squared distance of probabilities from what came true; lower is better.
 *
 * <p>Binary: mean of {@code (p − y)²}, where p is the last column, 0 to 1. Multi-class and ordinal: mean over cases of
 * {@code Σ_c (p_c − [y = c])²}, 0 to 2 for scores that sum to one. Multi-label: the binary score of each label, averaged
 * over labels, 0 to 1.
 */
public final class Brier {

    private Brier() {}

    /**
     * The Brier score.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other
     */
    public static double of(Task task, int[][] labels, double[][] scores) {
        Sample sample = new Sample(task, labels, scores);
        return on(sample).once(sample.cases());
    }

    static WeightedMetric on(Sample sample) {
        double[] distances = new double[sample.cases()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = switch (sample.task()) {
                case BINARY -> squared(sample, i, 1);
                case MULTI_CLASS, ORDINAL -> sum(sample, i);
                case MULTI_LABEL -> sum(sample, i) / sample.classes();
            };
        }
        return weights -> {
            double[] sums = new double[weights.count()];
            for (int i = 0; i < distances.length; i++) {
                for (int r = 0; r < sums.length; r++) {
                    sums[r] += weights.of(i, r) * distances[i];
                }
            }
            int[] cases = weights.cases();
            for (int r = 0; r < sums.length; r++) {
                sums[r] /= cases[r];
            }
            return sums;
        };
    }

    private static double sum(Sample sample, int i) {
        double sum = 0;
        for (int c = 0; c < sample.classes(); c++) {
            sum += squared(sample, i, c);
        }
        return sum;
    }

    private static double squared(Sample sample, int i, int c) {
        double distance = sample.scores()[i][c] - (sample.hasClass(i, c) ? 1 : 0);
        return distance * distance;
    }
}

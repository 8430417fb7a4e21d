package org.osler.metric;

/**
 * Logits as the probabilities that metrics judge: the softmax where classes exclude each other and have a logit each,
 * else the logistic function of each logit. One logit of a binary task gives the two columns 1 − p, p.
 */
public final class Probabilities {

    private Probabilities() {}

    /**
     * The probabilities of one case.
     *
     * @param logits one a class or label; a binary task may have one
     * @param temperature divides the logits first (Guo et al. 2017), above 0; 1 leaves them as they are
     * @return one a class or label, each in [0, 1]
     */
    public static double[] of(Task task, double[] logits, double temperature) {
        double[] scaled = new double[logits.length];
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] = logits[j] / temperature;
        }
        return exclusive(task, logits.length) ? softmax(scaled) : logistic(task, scaled);
    }

    /** The probabilities of many cases: logits {@code [N][1 or C]} to {@code [N][C]}. */
    public static double[][] of(Task task, double[][] logits, double temperature) {
        double[][] all = new double[logits.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = of(task, logits[i], temperature);
        }
        return all;
    }

    /** Whether classes share a softmax. */
    static boolean exclusive(Task task, int logits) {
        return switch (task) {
            case MULTI_CLASS, ORDINAL -> true;
            case BINARY -> logits == 2;
            case MULTI_LABEL -> false;
        };
    }

    private static double[] softmax(double[] row) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : row) {
            max = Math.max(max, value);
        }
        double sum = 0;
        double[] result = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            result[j] = StrictMath.exp(row[j] - max);
            sum += result[j];
        }
        for (int j = 0; j < row.length; j++) {
            result[j] /= sum;
        }
        return result;
    }

    private static double[] logistic(Task task, double[] row) {
        double[] result = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            result[j] = 1 / (1 + StrictMath.exp(-row[j]));
        }
        return task == Task.BINARY ? new double[] {1 - result[0], result[0]} : result;
    }
}

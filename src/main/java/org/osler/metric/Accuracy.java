package org.osler.metric;

/**
 * ACC as the MedMNIST package (3.0.2) defines it.
 *
 * <p>Multi-class and ordinal: the share of cases whose largest score is that of their class; of equal scores the first
 * wins. Binary: the share of cases where (last score &gt; 0.5) is the label. Multi-label: the same of every label,
 * averaged over labels.
 */
public final class Accuracy {

    private Accuracy() {}

    /**
     * The accuracy, 0 to 1.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other
     */
    public static double of(Task task, int[][] labels, double[][] scores) {
        Sample sample = new Sample(task, labels, scores);
        return on(sample).of(sample.once());
    }

    static WeightedMetric on(Sample sample) {
        int[] right = new int[sample.cases()];
        for (int i = 0; i < right.length; i++) {
            for (int q = 0; q < sample.questions(); q++) {
                right[i] += sample.right(i, q) ? 1 : 0;
            }
        }
        return weights -> {
            long hits = 0;
            long cases = 0;
            for (int i = 0; i < right.length; i++) {
                hits += (long) weights[i] * right[i];
                cases += weights[i];
            }
            return hits / ((double) cases * sample.questions());
        };
    }
}

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
        return on(sample).once(sample.cases());
    }

    static WeightedMetric on(Sample sample) {
        int[] right = new int[sample.cases()];
        for (int i = 0; i < right.length; i++) {
            for (int q = 0; q < sample.questions(); q++) {
                right[i] += sample.right(i, q) ? 1 : 0;
            }
        }
        return weights -> {
            var byRight = new Weights.Sum[sample.questions() + 1];
            for (int i = 0; i < right.length; i++) {
                if (byRight[right[i]] == null) {
                    byRight[right[i]] = weights.new Sum();
                }
                byRight[right[i]].add(i);
            }
            int[] cases = weights.cases();
            long[] hits = new long[weights.count()];
            for (int rights = 1; rights < byRight.length; rights++) {
                int[] some = byRight[rights] == null ? new int[hits.length] : byRight[rights].values();
                for (int r = 0; r < hits.length; r++) {
                    hits[r] += (long) rights * some[r];
                }
            }
            double[] accuracies = new double[hits.length];
            for (int r = 0; r < accuracies.length; r++) {
                accuracies[r] = hits[r] / ((double) cases[r] * sample.questions());
            }
            return accuracies;
        };
    }
}

package org.osler.metric;

import java.util.Arrays;

/**
 * Balanced accuracy: the unweighted mean of the sensitivities of the classes that occur (Brodersen et al. 2010,
 * doi:10.1109/ICPR.2010.764), so that a rare class counts as much as a frequent one.
 *
 * <p>Binary: the mean of sensitivity and specificity. Multi-label: that mean for every label, averaged over labels; a
 * label that all or no cases have contributes the one of the two that it has.
 */
public final class BalancedAccuracy {

    private BalancedAccuracy() {}

    /**
     * The balanced accuracy, 0 to 1.
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
        Question[] questions = new Question[sample.questions()];
        for (int q = 0; q < questions.length; q++) {
            questions[q] = Question.of(sample, q);
        }
        return weights -> {
            double[] sums = new double[weights.count()];
            for (Question question : questions) {
                question.addMeanSensitivities(weights, sums);
            }
            for (int r = 0; r < sums.length; r++) {
                sums[r] /= questions.length;
            }
            return sums;
        };
    }

    /**
     * One question put to all cases.
     *
     * @param truth the true answer of each case
     * @param right whether the answer given is the true one
     * @param occurs which answers are true of any case
     */
    private record Question(int[] truth, boolean[] right, boolean[] occurs) {

        static Question of(Sample sample, int q) {
            int[] truth = new int[sample.cases()];
            boolean[] right = new boolean[sample.cases()];
            boolean[] occurs = new boolean[sample.answers()];
            for (int i = 0; i < truth.length; i++) {
                truth[i] = sample.truth(i, q);
                right[i] = sample.right(i, q);
                occurs[truth[i]] = true;
            }
            return new Question(truth, right, occurs);
        }

        void addMeanSensitivities(Weights weights, double[] means) {
            var casesOf = new Weights.Sum[occurs.length];
            var hitsOf = new Weights.Sum[occurs.length];
            Arrays.setAll(casesOf, c -> weights.new Sum());
            Arrays.setAll(hitsOf, c -> weights.new Sum());
            for (int i = 0; i < truth.length; i++) {
                casesOf[truth[i]].add(i);
                if (right[i]) {
                    hitsOf[truth[i]].add(i);
                }
            }
            int[][] cases = Arrays.stream(casesOf).map(Weights.Sum::values).toArray(int[][]::new);
            int[][] hits = Arrays.stream(hitsOf).map(Weights.Sum::values).toArray(int[][]::new);
            for (int r = 0; r < means.length; r++) {
                double sum = 0;
                int classes = 0;
                for (int c = 0; c < occurs.length; c++) {
                    if (occurs[c]) {
                        sum += hits[c][r] / (double) cases[c][r]; // 0/0 is NaN: the resample lacks this class
                        classes++;
                    }
                }
                means[r] += sum / classes;
            }
        }
    }
}

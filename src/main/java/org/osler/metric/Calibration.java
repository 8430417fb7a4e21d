package org.osler.metric;

/**
 * Expected calibration error (Guo et al. 2017, arXiv 1706.04599, eq. 3): how far confidence is from the share of right
 * answers, {@code Σ_b n_b/N · |accuracy_b − confidence_b|} over 15 bins of equal width, each open to the left and closed
 * to the right; a confidence of 0 falls into the first.
 *
 * <p>Confidence is the probability of the answer that accuracy judges. Multi-class and ordinal: the largest score.
 * Binary: p if p &gt; 0.5, else 1 − p, where p is the last column. Multi-label: likewise for each label by itself, and
 * the mean of the labels' errors.
 */
public final class Calibration {

    /** The number of bins that Guo et al. use. */
    public static final int BINS = 15;

    private Calibration() {}

    /**
     * The expected calibration error, 0 (calibrated) to 1.
     *
     * @param labels {@code [N][L]}
     * @param scores {@code [N][C]}
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other
     */
    public static double expectedError(Task task, int[][] labels, double[][] scores) {
        Sample sample = new Sample(task, labels, scores);
        return on(sample).once(sample.cases());
    }

    static WeightedMetric on(Sample sample) {
        Answers[] questions = new Answers[sample.questions()];
        for (int q = 0; q < questions.length; q++) {
            questions[q] = Answers.of(sample, q);
        }
        return weights -> {
            double[] sums = new double[weights.count()];
            for (Answers answers : questions) {
                answers.addErrors(weights, sums);
            }
            for (int r = 0; r < sums.length; r++) {
                sums[r] /= questions.length;
            }
            return sums;
        };
    }

    /** The index b, 0 to 14, of the bin (b/15, (b+1)/15] that a confidence in [0, 1] falls into. */
    public static int binOf(double confidence) {
        int bin = Math.min(BINS - 1, (int) (confidence * BINS));
        // An edge belongs to the bin below it; the product may also round up to an edge, never down past one.
        return bin > 0 && confidence <= bin / (double) BINS ? bin - 1 : bin;
    }

    /**
     * The answers to one question.
     *
     * @param bin the bin of each case
     * @param excess right (1) or wrong (0), less confidence, of each case
     */
    private record Answers(int[] bin, double[] excess) {

        static Answers of(Sample sample, int q) {
            int[] bin = new int[sample.cases()];
            double[] excess = new double[sample.cases()];
            for (int i = 0; i < bin.length; i++) {
                double confidence = sample.confidence(i, q);
                bin[i] = binOf(confidence);
                excess[i] = (sample.right(i, q) ? 1 : 0) - confidence;
            }
            return new Answers(bin, excess);
        }

        /** n_b (accuracy_b − confidence_b) is the sum of the bin's excesses. */
        void addErrors(Weights weights, double[] errors) {
            int count = errors.length;
            double[][] sums = new double[BINS][count];
            for (int i = 0; i < bin.length; i++) {
                double[] sum = sums[bin[i]];
                for (int r = 0; r < count; r++) {
                    sum[r] += weights.of(i, r) * excess[i];
                }
            }
            int[] cases = weights.cases();
            for (int r = 0; r < count; r++) {
                double error = 0;
                for (double[] sum : sums) {
                    error += Math.abs(sum[r]);
                }
                errors[r] += error / cases[r];
            }
        }
    }
}

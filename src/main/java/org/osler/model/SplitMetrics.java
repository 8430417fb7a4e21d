package org.osler.model;

import java.util.List;
import java.util.stream.IntStream;
import org.osler.metric.Calibration;
import org.osler.metric.Evaluation;
import org.osler.metric.Metric;
import org.osler.metric.Probabilities;
import org.osler.metric.Task;
import org.osler.metric.Temperature;
import org.osler.metric.Units;

/**
 * What a model's calibrated probabilities are worth on one split, and what calibration changed.
 *
 * @param images how many there are
 * @param units how many groups of images that belong together intervals were drawn from; as many as images if none do
 * @param accuracy see {@link org.osler.metric.Accuracy}
 * @param auc see {@link org.osler.metric.RocAuc}
 * @param errorBefore expected calibration error without the temperature
 * @param errorAfter expected calibration error with it
 * @param lossBefore mean negative log-likelihood in nats without the temperature
 * @param lossAfter mean negative log-likelihood with it
 * @param classes what holds for each class (or label)
 */
public record SplitMetrics(
        int images,
        int units,
        Measured accuracy,
        Measured auc,
        double errorBefore,
        double errorAfter,
        double lossBefore,
        double lossAfter,
        List<ClassMetrics> classes) {

    private static final double THRESHOLD = 0.5;

    public SplitMetrics {
        classes = List.copyOf(classes);
    }

    /**
     * One class against the others.
     *
     * @param images how many are of it
     * @param sensitivity the share of its images that are recognised
     * @param specificity the share of other images that are not taken for it
     * @param auc of its probability
     */
    public record ClassMetrics(String label, int images, Measured sensitivity, Measured specificity, Measured auc) {}

    /**
     * Judges logits.
     *
     * @param names of the classes
     * @param labels {@code [N][1 or L]}
     * @param units which images belong together
     * @param logits {@code [N][1 or C]}
     * @param temperature that calibrates them
     */
    public static SplitMetrics of(
            Task task, List<String> names, int[][] labels, Units units, double[][] logits, double temperature) {
        double[][] scores = Probabilities.of(task, logits, temperature);
        Evaluation evaluation = Evaluation.of(task, labels, scores);
        return new SplitMetrics(
                labels.length,
                units.count(),
                Measured.of(task, labels, scores, units, Metric.ACCURACY, evaluation),
                Measured.of(task, labels, scores, units, Metric.AUC, evaluation),
                Calibration.expectedError(task, labels, Probabilities.of(task, logits, 1)),
                evaluation.ece(),
                Temperature.negativeLogLikelihood(task, labels, logits, 1),
                Temperature.negativeLogLikelihood(task, labels, logits, temperature),
                IntStream.range(0, names.size())
                        .mapToObj(c -> ofClass(
                                task,
                                names.get(c),
                                c,
                                labels,
                                units,
                                scores,
                                evaluation.classAuc()[c]))
                        .toList());
    }

    private static ClassMetrics ofClass(
            Task task, String name, int c, int[][] labels, Units units, double[][] scores, double auc) {
        boolean[] positive = new boolean[labels.length];
        boolean[] given = new boolean[labels.length];
        double[] score = new double[labels.length];
        int images = 0;
        for (int i = 0; i < labels.length; i++) {
            positive[i] = task == Task.MULTI_LABEL ? labels[i][c] == 1 : labels[i][0] == c;
            given[i] = isGiven(task, scores[i], c);
            score[i] = scores[i][c];
            images += positive[i] ? 1 : 0;
        }
        return new ClassMetrics(
                name,
                images,
                share(positive, given, units, true),
                share(positive, given, units, false),
                Measured.auc(positive, score, units, auc));
    }

    private static boolean isGiven(Task task, double[] scores, int c) {
        if (task == Task.MULTI_LABEL) {
            return scores[c] > THRESHOLD;
        }
        for (int other = 0; other < scores.length; other++) {
            if (scores[other] > scores[c] || (scores[other] == scores[c] && other < c)) {
                return false;
            }
        }
        return true;
    }

    /** The share of the images of a class, or of those that are not of it, that are answered rightly. */
    private static Measured share(boolean[] positive, boolean[] given, Units units, boolean of) {
        int[] asked = IntStream.range(0, positive.length)
                .filter(i -> positive[i] == of)
                .toArray();
        boolean[] right = new boolean[asked.length];
        for (int k = 0; k < asked.length; k++) {
            right[k] = given[asked[k]] == of;
        }
        return Measured.share(units.only(asked), right);
    }
}

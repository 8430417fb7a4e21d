package org.osler.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Everything that is said of one set of scores.
 *
 * <p>Per-class values are of length C, in the order of the classes (or labels). A binary task has both of its classes
 * there, each taken as the positive one in turn.
 *
 * @param accuracy see {@link Accuracy}; 0 to 1
 * @param auc see {@link RocAuc}; 0 to 1; NaN where no class has one
 * @param balancedAccuracy see {@link BalancedAccuracy}; 0 to 1
 * @param sensitivity of each class, 0 to 1: the share of its cases that are recognised; NaN where it has none
 * @param specificity of each class, 0 to 1: the share of other cases that are not taken for it; NaN where there are none
 * @param classAuc one against the rest for each class; NaN where every or no case has it
 * @param f1 of each class, 0 to 1; NaN where it neither occurs nor is predicted
 * @param support how often each class is true
 * @param confusion {@code [C][C]}, true class × predicted class; empty for multi-label
 * @param ece expected calibration error, see {@link Calibration}; 0 to 1
 * @param brier see {@link Brier}
 */
public record Evaluation(
        double accuracy,
        double auc,
        double balancedAccuracy,
        double[] sensitivity,
        double[] specificity,
        double[] classAuc,
        double[] f1,
        int[] support,
        int[][] confusion,
        double ece,
        double brier) {

    /**
     * Evaluates scores.
     *
     * @param labels {@code [N][L]}; L = 1 except for multi-label
     * @param scores {@code [N][C]}, in [0, 1]
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other, are out of range or none
     */
    public static Evaluation of(Task task, int[][] labels, double[][] scores) {
        Sample sample = new Sample(task, labels, scores);
        int cases = sample.cases();
        RocAuc.Result auc = RocAuc.of(sample);
        List<ClassCounts> classes = IntStream.range(0, sample.classes())
                .mapToObj(c -> ClassCounts.of(sample, c))
                .toList();
        return new Evaluation(
                Accuracy.on(sample).once(cases),
                auc.value(),
                BalancedAccuracy.on(sample).once(cases),
                each(classes, ClassCounts::sensitivity),
                each(classes, ClassCounts::specificity),
                auc.perClass(),
                each(classes, ClassCounts::f1),
                classes.stream().mapToInt(ClassCounts::support).toArray(),
                confusion(sample),
                Calibration.on(sample).once(cases),
                Brier.on(sample).once(cases));
    }

    /** The indexes of the classes (or labels) that have no AUC; {@link #auc} is the mean over the others. */
    public List<Integer> classesWithoutAuc() {
        return RocAuc.Result.undefined(classAuc);
    }

    /** The value of one metric, e.g. to stand between the ends of its {@link Interval}. */
    public double value(Metric metric) {
        return switch (metric) {
            case ACCURACY -> accuracy;
            case AUC -> auc;
            case BALANCED_ACCURACY -> balancedAccuracy;
            case ECE -> ece;
            case BRIER -> brier;
        };
    }

    private static double[] each(List<ClassCounts> classes, ToDoubleFunction<ClassCounts> value) {
        return classes.stream().mapToDouble(value).toArray();
    }

    private static int[][] confusion(Sample sample) {
        if (sample.task() == Task.MULTI_LABEL) {
            return new int[0][];
        }
        int[][] counts = new int[sample.classes()][sample.classes()];
        for (int i = 0; i < sample.cases(); i++) {
            counts[sample.truth(i, 0)][sample.answer(i, 0)]++;
        }
        return counts;
    }
}

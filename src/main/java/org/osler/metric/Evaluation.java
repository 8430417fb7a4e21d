package org.osler.metric;

/**
 * Everything that is said of one set of scores.
 *
 * @param accuracy see {@link Task}; 0 to 1
 * @param auc 0 to 1; NaN where no class has one
 * @param balancedAccuracy mean sensitivity over classes, 0 to 1
 * @param sensitivity of each class, 0 to 1
 * @param specificity of each class, 0 to 1
 * @param classAuc one against the rest for each class; NaN where absent
 * @param f1 of each class, 0 to 1
 * @param support how often each class is true
 * @param confusion true class × predicted class; empty for multi-label
 * @param ece expected calibration error, 0 to 1
 * @param brier Brier score
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
        double brier) {}

package org.osler.report;

import org.osler.metric.Task;

/**
 * Scores as answers to questions. A case is asked one question (which class?) or, where the task is multi-label, one
 * for each label (there or not?).
 *
 * @param labels {@code [N][L]}
 * @param scores {@code [N][C]}: probabilities; binary has the columns 1 − p, p
 */
record Verdicts(Task task, int[][] labels, double[][] scores) {

    /** As in the MedMNIST package: "yes" only above this. */
    private static final double THRESHOLD = 0.5;

    int questions() {
        return task == Task.MULTI_LABEL ? scores[0].length : 1;
    }

    /** The true class; multi-label: 1 where the label is there, 0 else. */
    int truth(int i, int question) {
        return labels[i][question];
    }

    /** The predicted class (the first maximum wins); multi-label: 1 or 0. */
    int answer(int i, int question) {
        if (task == Task.MULTI_LABEL) {
            return scores[i][question] > THRESHOLD ? 1 : 0;
        }
        if (task == Task.BINARY) {
            return scores[i][1] > THRESHOLD ? 1 : 0;
        }
        int best = 0;
        for (int c = 1; c < scores[i].length; c++) {
            if (scores[i][c] > scores[i][best]) {
                best = c;
            }
        }
        return best;
    }

    /** The probability given to a class, or multi-label to there (1) or not (0). */
    double score(int i, int question, int answer) {
        if (task == Task.MULTI_LABEL) {
            return answer == 1 ? scores[i][question] : 1 - scores[i][question];
        }
        return scores[i][answer];
    }

    boolean right(int i, int question) {
        return truth(i, question) == answer(i, question);
    }
}

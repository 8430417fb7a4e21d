package org.osler.metric;

/**
 * Labels and scores that fit each other, and what is decided from them.
 *
 * <p>A case is asked one question (which class?) or, multi-label, one for each label (there or not?); {@code question}
 * is 0 where there is only one.
 *
 * @param labels {@code [N][L]}
 * @param scores {@code [N][C]}
 */
record Sample(Task task, int[][] labels, double[][] scores) {

    /** A binary score counts as "yes" only above this, as in the MedMNIST package. */
    private static final double THRESHOLD = 0.5;

    Sample {
        if (labels.length != scores.length) {
            throw new IllegalArgumentException(labels.length + " rows of labels but " + scores.length + " of scores");
        }
        if (scores.length == 0) {
            throw new IllegalArgumentException("no cases to evaluate");
        }
        checkScores(task, scores);
        checkLabels(task, labels, scores[0].length);
    }

    private static void checkScores(Task task, double[][] scores) {
        int columns = scores[0].length;
        if (task == Task.BINARY ? columns != 2 : columns < (task == Task.MULTI_LABEL ? 1 : 2)) {
            throw new IllegalArgumentException(task.id() + " scores cannot have " + columns + " columns");
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " of scores has " + scores[i].length + " columns, row 0 has " + columns);
            }
            for (int c = 0; c < columns; c++) {
                if (!(scores[i][c] >= 0 && scores[i][c] <= 1)) { // written so that NaN is caught
                    throw new IllegalArgumentException(
                            "score " + scores[i][c] + " of case " + i + ", column " + c + " is not in [0, 1]");
                }
            }
        }
    }

    private static void checkLabels(Task task, int[][] labels, int columns) {
        int width = task == Task.MULTI_LABEL ? columns : 1;
        int values = task == Task.MULTI_LABEL ? 2 : columns;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i].length != width) {
                throw new IllegalArgumentException(
                        "row " + i + " of " + task.id() + " labels has " + labels[i].length + " columns, not " + width);
            }
            for (int label : labels[i]) {
                if (label < 0 || label >= values) {
                    throw new IllegalArgumentException(
                            "label " + label + " of case " + i + " is not in 0 to " + (values - 1));
                }
            }
        }
    }

    int cases() {
        return scores.length;
    }

    /** Classes, or labels of a multi-label task: C. */
    int classes() {
        return scores[0].length;
    }

    int questions() {
        return task == Task.MULTI_LABEL ? classes() : 1;
    }

    /** How many answers a question has. */
    int answers() {
        return task == Task.MULTI_LABEL ? 2 : classes();
    }

    int truth(int i, int question) {
        return labels[i][question];
    }

    /** The answer that the scores give: the first of the largest, or whether the score is above one half. */
    int answer(int i, int question) {
        return switch (task) {
            case BINARY -> scores[i][1] > THRESHOLD ? 1 : 0;
            case MULTI_LABEL -> scores[i][question] > THRESHOLD ? 1 : 0;
            case MULTI_CLASS, ORDINAL -> firstMaximum(scores[i]);
        };
    }

    boolean right(int i, int question) {
        return answer(i, question) == truth(i, question);
    }

    /** The probability that the scores give to {@link #answer}. */
    double confidence(int i, int question) {
        int answer = answer(i, question);
        return switch (task) {
            case BINARY -> answer == 1 ? scores[i][1] : 1 - scores[i][1];
            case MULTI_LABEL -> answer == 1 ? scores[i][question] : 1 - scores[i][question];
            case MULTI_CLASS, ORDINAL -> scores[i][answer];
        };
    }

    boolean hasClass(int i, int c) {
        return task == Task.MULTI_LABEL ? labels[i][c] == 1 : labels[i][0] == c;
    }

    boolean givenClass(int i, int c) {
        return task == Task.MULTI_LABEL ? answer(i, c) == 1 : answer(i, 0) == c;
    }

    private static int firstMaximum(double[] row) {
        int best = 0;
        for (int c = 1; c < row.length; c++) {
            if (row[c] > row[best]) {
                best = c;
            }
        }
        return best;
    }
}

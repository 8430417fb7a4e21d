package org.osler.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.metric.Task;

/**
 * The labels of a dataset and what they mean.
 *
 * @param task what is to be predicted
 * @param names of the C classes, in order
 * @param bySplit [N, L] of each split
 */
record Labels(Task task, List<String> names, Map<Split, int[][]> bySplit) {

    int[][] of(Split split) {
        return bySplit.get(split);
    }

    /**
     * Gives labels their meaning.
     *
     * @throws InputException if a label is out of range, a split has one class only, or a class has no training image
     *     and no name that tells that it is meant to be
     */
    static Labels of(DatasetSource source, Map<Split, int[][]> bySplit) {
        int[][] train = bySplit.get(Split.TRAIN);
        int columns = train[0].length;
        int highest = highest(train);
        Task task = source.task()
                .orElseGet(() -> columns > 1
                        ? Task.MULTI_LABEL
                        : Math.max(highest + 1, source.labelNames().size()) == 2 ? Task.BINARY : Task.MULTI_CLASS);
        checkColumns(source, task, columns);
        int classes = classes(source, task, columns, highest);
        for (Split split : Split.values()) {
            String where = source.npz() + ": " + OfficialLayout.labels(split);
            checkRange(bySplit.get(split), task == Task.MULTI_LABEL ? 2 : classes, where);
            checkVariety(bySplit.get(split), where);
        }
        if (source.labelNames().isEmpty() && task != Task.MULTI_LABEL) {
            checkEachClassIsTrained(train, classes, source.npz());
        }
        List<String> names = source.labelNames().isEmpty()
                ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
                : source.labelNames();
        return new Labels(task, names, bySplit);
    }

    private static int highest(int[][] labels) {
        return Arrays.stream(labels).flatMapToInt(Arrays::stream).max().orElseThrow();
    }

    private static void checkColumns(DatasetSource source, Task task, int columns) {
        if (task != Task.MULTI_LABEL && columns > 1) {
            throw new InputException("%s has %d labels an image, so its task is multi-label, not %s"
                    .formatted(source.npz(), columns, task.id()));
        }
        int names = source.labelNames().size();
        if (task == Task.MULTI_LABEL && names != 0 && names != columns) {
            throw new InputException("%s has %d labels an image, but %d are named: %s"
                    .formatted(source.npz(), columns, names, source.labelNames()));
        }
        if (task == Task.BINARY && names != 0 && names != 2) {
            throw new InputException(
                    "%s: a binary task has 2 classes, but %d are named".formatted(source.name(), names));
        }
    }

    private static int classes(DatasetSource source, Task task, int columns, int highest) {
        if (task == Task.MULTI_LABEL) {
            return columns;
        }
        if (task == Task.BINARY) {
            return 2;
        }
        return source.labelNames().isEmpty() ? highest + 1 : source.labelNames().size();
    }

    private static void checkRange(int[][] labels, int bound, String where) {
        for (int i = 0; i < labels.length; i++) {
            for (int label : labels[i]) {
                if (label >= bound) {
                    throw new InputException("%s: label %d of image %d is out of range; there are classes 0 to %d"
                            .formatted(where, label, i, bound - 1));
                }
            }
        }
    }

    /** With one class only, nothing can be learnt, and no AUC is defined. Several labels: one that varies will do. */
    private static void checkVariety(int[][] labels, String where) {
        int[] first = labels[0];
        if (Arrays.stream(labels).allMatch(row -> Arrays.equals(row, first))) {
            throw new InputException("%s: all %,d images are of one class (%s); at least two are needed"
                    .formatted(
                            where,
                            labels.length,
                            first.length == 1 ? Integer.toString(first[0]) : Arrays.toString(first)));
        }
    }

    private static void checkEachClassIsTrained(int[][] train, int classes, Path npz) {
        // Before anything is made for each class: a single wild label claims billions of them.
        int[] present =
                Arrays.stream(train).mapToInt(row -> row[0]).distinct().sorted().toArray();
        if (present.length < classes) {
            int missing = IntStream.range(0, present.length)
                    .filter(i -> present[i] != i)
                    .findFirst()
                    .orElseThrow();
            throw new InputException(
                    "%s: labels go up to %d, but class %d has no training image; number the classes from 0, or name them"
                            .formatted(npz, classes - 1, missing));
        }
    }
}

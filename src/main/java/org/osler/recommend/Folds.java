package org.osler.recommend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.data.StratifiedDraw;
import org.osler.data.review.GroupColumn;
import org.osler.metric.Task;
import org.osler.metric.Units;

/**
 * The training images of a dataset, divided for cross-validation: by class, with all images of a group (a patient, a lesion)
 * in one fold.
 *
 * @param of {@code [N]} the fold of each training image
 * @param groups which of them are of one group; one without a group is one of its own
 * @param groupColumn the column of a manifest that tells groups or looks like it; empty: none does
 */
record Folds(int[] of, Units groups, Optional<String> groupColumn) {

    /** Kohavi 1995 and most who came after take five or ten; five leave four fifths to train on, at half the cost. */
    static final int COUNT = 5;

    private static final long SEED = 0;

    /**
     * Divides.
     *
     * @throws InputException if the training images are all of one group
     */
    static Folds of(Dataset dataset) throws IOException {
        int[][] labels = dataset.labels(Split.TRAIN);
        Metadata metadata = dataset.metadata();
        Optional<GroupColumn> column = GroupColumn.of(metadata);
        List<String> named = column.map(each -> each.cells(metadata, Split.TRAIN))
                .orElseGet(() -> Collections.nCopies(labels.length, null));
        Units groups = Units.named(named);
        if (groups.count() < 2) {
            throw new InputException(
                    "%s: all training images are of one group (%s); encoders can be compared on two or more"
                            .formatted(
                                    dataset.name(),
                                    column.map(GroupColumn::name).orElse("")));
        }
        int folds = Math.min(COUNT, groups.count());
        int[] of = renumbered(StratifiedDraw.draw(
                counted(dataset, labels), named, Collections.nCopies(folds, 1.0 / folds), SEED, "folds"));
        if (IntStream.of(of).distinct().count() < 2) {
            throw new InputException(
                    "%s: one group (%s) holds nearly all training images; encoders can be compared on two or more"
                            .formatted(
                                    dataset.name(),
                                    column.map(GroupColumn::name).orElse("")));
        }
        return new Folds(of, groups, column.map(GroupColumn::name));
    }

    /** Folds that got no image are passed over, so that every number is one of a fold that has some. */
    private static int[] renumbered(int... folds) {
        int[] used = IntStream.of(folds).distinct().sorted().toArray();
        return IntStream.of(folds).map(fold -> Arrays.binarySearch(used, fold)).toArray();
    }

    /** What each image counts for when folds are made alike: its class or its labels, and one more that all images have. */
    private static List<int[]> counted(Dataset dataset, int[][] labels) {
        int classes = dataset.classes();
        if (dataset.task() != Task.MULTI_LABEL) {
            return Arrays.stream(labels).map(row -> new int[] {row[0], classes}).toList();
        }
        List<int[]> counted = new ArrayList<>();
        for (int[] row : labels) {
            counted.add(IntStream.rangeClosed(0, classes)
                    .filter(c -> c == classes || row[c] == 1)
                    .toArray());
        }
        return counted;
    }

    int count() {
        return IntStream.of(of).max().orElseThrow() + 1;
    }
}

package org.osler.recommend;

import java.io.IOException;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.metric.Task;

/**
 * The training images that encoders are judged on, the same for all.
 *
 * @param dataset its name
 * @param labels {@code [N][1 or L]}
 * @param classes C
 * @param all how many images the dataset has, those of validation and test included
 */
record Judges(String dataset, Task task, int[][] labels, int classes, Folds folds, int all) {

    static Judges of(Dataset dataset) throws IOException {
        return new Judges(
                dataset.name(),
                dataset.task(),
                dataset.labels(Split.TRAIN),
                dataset.classes(),
                Folds.of(dataset),
                dataset.count(Split.TRAIN) + dataset.count(Split.VAL) + dataset.count(Split.TEST));
    }
}

package org.osler.study;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.osler.data.Dataset;
import org.osler.data.FewShot;
import org.osler.data.Split;

/**
 * What trials that share dataset, encoder and shots train on.
 *
 * @param dataset the open dataset
 * @param weights of the encoder
 * @param chosen indices of the training images used
 */
record TrainingSet(Dataset dataset, Sources.Weights weights, int[] chosen) {

    /** All training images, or the first few of each class. */
    static TrainingSet of(Dataset dataset, Sources.Weights weights, OptionalInt shots) {
        int[][] labels = dataset.labels(Split.TRAIN);
        int[] chosen = FewShot.first(dataset.task(), dataset.classes(), labels, shots.orElse(labels.length));
        return new TrainingSet(dataset, weights, chosen);
    }

    /** The labels of every split, those of training as stored. */
    Map<Split, int[][]> labels() {
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labels.put(split, dataset.labels(split));
        }
        return labels;
    }
}

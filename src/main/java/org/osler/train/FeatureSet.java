package org.osler.train;

import java.util.Map;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.tensor.Device;
import org.osler.tensor.Tensor;

/**
 * The features and labels of a dataset, as heads and neighbours see it.
 *
 * @param task what is to be predicted
 * @param classes number of classes, or of labels
 * @param features float32 {@code [N, D]} of each split; borrowed from the caller's scope
 * @param labels {@code [N][1 or L]} of each split
 */
public record FeatureSet(Task task, int classes, Map<Split, Tensor> features, Map<Split, int[][]> labels) {

    /** Where the features are. */
    Device device() {
        return features.get(Split.TRAIN).device();
    }

    /** Length of a feature vector. */
    public int dimensions() {
        return (int) features.get(Split.TRAIN).size(1);
    }
}

package org.osler.train;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.tensor.Device;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

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

    /** The same with some of the training images, by their places among them, as one of the splits. */
    public FeatureSet with(Split split, int... chosen) {
        Tensor index = Tensors.of(IntStream.of(chosen).asLongStream().toArray(), chosen.length);
        int[][] all = labels.get(Split.TRAIN);
        Map<Split, Tensor> otherFeatures = new EnumMap<>(features);
        Map<Split, int[][]> otherLabels = new EnumMap<>(labels);
        otherFeatures.put(split, features.get(Split.TRAIN).indexSelect(0, index.to(device())));
        otherLabels.put(split, IntStream.of(chosen).mapToObj(i -> all[i]).toArray(int[][]::new));
        return new FeatureSet(task, classes, otherFeatures, otherLabels);
    }

    /** Length of a feature vector. */
    public int dimensions() {
        return (int) features.get(Split.TRAIN).size(1);
    }
}

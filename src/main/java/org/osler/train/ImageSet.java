package org.osler.train;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Split;
import org.osler.metric.Task;

/**
 * The images and labels of a dataset, as an encoder in training sees them.
 *
 * @param task what is to be predicted
 * @param classes number of classes, or of labels
 * @param images stored images of each split
 * @param labels {@code [N][1 or L]} of each split
 * @param trainIndices which training images are used: all, or a few shots
 * @param preprocessing how images become tensors
 */
public record ImageSet(
        Task task,
        int classes,
        Map<Split, Images> images,
        Map<Split, int[][]> labels,
        int[] trainIndices,
        Preprocessing preprocessing) {

    /**
     * A dataset as an encoder in training sees it.
     *
     * @throws IOException if the disk fails
     */
    public static ImageSet of(Dataset dataset, int[] trainIndices, Preprocessing preprocessing) throws IOException {
        Map<Split, Images> images = new EnumMap<>(Split.class);
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            images.put(split, dataset.images(split));
            labels.put(split, dataset.labels(split));
        }
        return new ImageSet(dataset.task(), dataset.classes(), images, labels, trainIndices, preprocessing);
    }
}

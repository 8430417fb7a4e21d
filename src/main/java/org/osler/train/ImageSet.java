package org.osler.train;

import java.util.Map;
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
        Preprocessing preprocessing) {}

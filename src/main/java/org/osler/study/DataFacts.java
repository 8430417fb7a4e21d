package org.osler.study;

import java.util.List;
import org.osler.metric.Task;

/**
 * What the dataset of a result looked like, so that tables and reports need not open it again.
 *
 * @param task what was predicted
 * @param labels names of the C classes, in order
 * @param channels 1 or 3
 * @param height image height in pixels as stored
 * @param width image width in pixels as stored
 * @param train training images used, after few-shot selection
 * @param val validation images
 * @param test test images
 */
public record DataFacts(
        Task task, List<String> labels, int channels, int height, int width, int train, int val, int test) {

    public DataFacts {
        labels = List.copyOf(labels);
    }
}

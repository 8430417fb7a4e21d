package org.osler.data;

import org.osler.metric.Task;

/**
 * What a phantom dataset holds.
 *
 * @param task what is to be predicted
 * @param classes how many classes, or labels; 2 for binary
 * @param channels 1 (grey) or 3 (RGB)
 * @param size side of the square images in pixels, 28 to 224
 * @param train training images
 * @param val validation images
 * @param test test images
 * @param seed decides every pixel
 */
public record PhantomSpec(Task task, int classes, int channels, int size, int train, int val, int test, long seed) {}

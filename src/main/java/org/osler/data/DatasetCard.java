package org.osler.data;

import java.util.List;
import java.util.Map;
import org.osler.metric.Task;

/**
 * What is known of a published dataset before any of its files is opened.
 *
 * @param name the name used in studies and files, e.g. {@code breastmnist}
 * @param title the name used in prose, e.g. {@code BreastMNIST}
 * @param task what is to be predicted
 * @param channels 1 (grey) or 3 (RGB)
 * @param labelNames names of the classes, in order; of the labels, where the task is multi-label
 * @param samples images in each split
 * @param license the licence as its publishers name it
 * @param files the official files by image size: 28, 64, 128, 224; in that order
 */
public record DatasetCard(
        String name,
        String title,
        Task task,
        int channels,
        List<String> labelNames,
        Map<Split, Integer> samples,
        String license,
        Map<Integer, DatasetFile> files) {

    /** Name of the official file of an image size: {@code breastmnist.npz} for 28, {@code breastmnist_224.npz} for 224. */
    public String fileName(int size) {
        return size == 28 ? name + ".npz" : name + "_" + size + ".npz";
    }
}

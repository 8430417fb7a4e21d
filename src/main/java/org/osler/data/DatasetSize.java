package org.osler.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How large a dataset is, as far as that is known without reading its values.
 *
 * @param counts images in each split
 * @param height of each image in pixels
 * @param width of each image in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param classes how many classes, or labels
 */
public record DatasetSize(Map<Split, Integer> counts, int height, int width, int channels, int classes) {

    /** What a single column of labels counts at the least. */
    private static final int FEWEST_CLASSES = 2;

    /** A published dataset with images of a size. */
    public static DatasetSize of(DatasetCard card, int size) {
        return new DatasetSize(
                card.samples(), size, size, card.channels(), card.labelNames().size());
    }

    /** A generated dataset. */
    public static DatasetSize of(PhantomSpec spec) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            counts.put(split, spec.count(split));
        }
        return new DatasetSize(counts, spec.size(), spec.size(), spec.channels(), spec.classes());
    }

    /**
     * A file of the official layout; reads its headers only. How many classes a single column of labels tells apart is
     * not read: it counts as two unless the labels' names are given.
     *
     * @param labelNames names of its classes, or labels; may be empty
     * @throws org.osler.InputException if the file is broken or not of that layout
     */
    public static DatasetSize of(Path npz, List<String> labelNames) throws IOException {
        try (Npz file = Npz.open(npz)) {
            OfficialLayout layout = OfficialLayout.of(file);
            int classes = labelNames.isEmpty() ? Math.max(FEWEST_CLASSES, layout.columns()) : labelNames.size();
            ImageShape shape = layout.shape();
            return new DatasetSize(layout.counts(), shape.height(), shape.width(), shape.channels(), classes);
        }
    }

    /** Images in all splits together. */
    public long images() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Bytes of all images, unpacked. */
    public long imageBytes() {
        return images() * height * width * channels;
    }
}

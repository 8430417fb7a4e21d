package org.osler.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.osler.metric.Task;

/**
 * An opened dataset: labels in memory, images memory-mapped. Checked when it was opened: every split has images, a
 * label for each, and more than one class; images are compared with their checksums when they are first asked for. Safe
 * for many threads.
 */
public final class Dataset implements AutoCloseable {

    private final DatasetSource source;
    private final String hash;
    private final Labels labels;
    private final UnpackedDataset unpacked;
    private final SplitImages images;
    private volatile boolean closed;

    Dataset(DatasetSource source, String hash, Labels labels, UnpackedDataset unpacked, SplitImages images) {
        this.source = source;
        this.hash = hash;
        this.labels = labels;
        this.unpacked = unpacked;
        this.images = images;
    }

    /** What the dataset is called in tables and messages. */
    public String name() {
        return source.name();
    }

    /** What is to be predicted. */
    public Task task() {
        return labels.task();
    }

    /** Names of the C classes, in order; of the labels, where the task is multi-label. */
    public List<String> labelNames() {
        return labels.names();
    }

    /** How many classes; how many labels, where the task is multi-label. */
    public int classes() {
        return labels.names().size();
    }

    /** 1 (grey) or 3 (red, green, blue). */
    public int channels() {
        return unpacked.manifest().channels();
    }

    /** Height of each image in pixels. */
    public int height() {
        return unpacked.manifest().height();
    }

    /** Width of each image in pixels. */
    public int width() {
        return unpacked.manifest().width();
    }

    /**
     * 32 lower-case hexadecimal digits: the MD5 of the npz file; for images of one's own, of everything that decided the
     * stored bytes, labels and splits.
     */
    public String hash() {
        return hash;
    }

    /** How many images a split has. */
    public int count(Split split) {
        return labels.of(split).length;
    }

    /**
     * The labels of a split, [N, L]: L = 1 and the class 0 … C−1, or where the task is multi-label L = C and 0 or 1
     * each. The dataset's own array: not to be written to.
     */
    public int[][] labels(Split split) {
        return labels.of(split);
    }

    /** The names of one image's labels, a row of {@link #labels}: one, or where the task is multi-label all that are there. */
    public List<String> labelNames(int[] row) {
        if (task() != Task.MULTI_LABEL) {
            return List.of(labelNames().get(row[0]));
        }
        return IntStream.range(0, row.length)
                .filter(label -> row[label] == 1)
                .mapToObj(labelNames()::get)
                .toList();
    }

    /**
     * The images of a split, in the order of its labels.
     *
     * @throws IllegalStateException if the dataset was closed
     * @throws org.osler.InputException if they were altered since they were unpacked, and cannot be unpacked anew
     * @throws IOException if the disk fails
     */
    public Images images(Split split) throws IOException {
        if (closed) {
            throw new IllegalStateException("dataset " + name() + " was closed");
        }
        return images.of(split);
    }

    /**
     * What is known of each image beside its label; read from disk now.
     *
     * @throws IOException if the disk fails
     */
    public Metadata metadata() throws IOException {
        return unpacked.metadata();
    }

    /** Hands out no images any more; the JVM unmaps them when the last {@link Images} is gone. */
    @Override
    public void close() {
        closed = true;
    }
}

package org.osler.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osler.metric.Task;

/** A dataset that a {@link DatasetStore} can unpack: it knows its content's hash and how to write its bytes. */
public interface Unpackable {

    /** What the dataset is called in tables and messages. */
    String name();

    /** Where it lies, for messages. */
    Path path();

    /** What is to be predicted; empty: inferred from the labels, as of a {@link DatasetSource}. */
    Optional<Task> task();

    /** Names of the classes, in order; of the labels, where the task is multi-label. */
    List<String> labelNames();

    /** 32 lower-case hexadecimal digits that stand for everything which decides images, labels and splits. */
    String hash();

    /** What is known of each image; replaces what is kept, since no hash covers it. Empty: what is kept stays. */
    Optional<Metadata> metadata();

    /**
     * Writes the dataset.
     *
     * @param folder an empty folder, to be filled by a {@link DatasetWriter}
     * @throws org.osler.InputException if images are unreadable or the disk is full
     */
    void unpack(Path folder) throws IOException;
}

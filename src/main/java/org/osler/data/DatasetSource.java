package org.osler.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osler.metric.Task;

/**
 * An npz file of the official MedMNIST layout, and what is known about it.
 *
 * @param name what the dataset is called in tables and messages
 * @param npz the file
 * @param task what is to be predicted; empty: inferred from the labels (several columns: multi-label; two classes:
 *     binary; else multi-class; never ordinal)
 * @param labelNames names of the classes, in order; empty: as many as the training labels show, named by number
 * @param md5 the MD5 that the file must have, 32 lower-case hexadecimal digits; empty: any
 */
public record DatasetSource(String name, Path npz, Optional<Task> task, List<String> labelNames, Optional<String> md5) {

    public DatasetSource {
        labelNames = List.copyOf(labelNames);
    }

    /** A file of which nothing else is known; named as the file without {@code .npz}. */
    public static DatasetSource of(Path npz) {
        String file = npz.getFileName().toString();
        String name = file.endsWith(".npz") ? file.substring(0, file.length() - ".npz".length()) : file;
        return new DatasetSource(name, npz, Optional.empty(), List.of(), Optional.empty());
    }
}

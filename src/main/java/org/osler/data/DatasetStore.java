package org.osler.data;

import java.io.IOException;
import java.nio.file.Path;
import org.osler.InputException;
import org.osler.weights.Home;

/**
 * Datasets unpacked once into files that are memory-mapped from then on, keyed by the MD5 of the npz file's content.
 */
public final class DatasetStore {

    private final Path folder;

    /** A store in {@code datasets/unpacked} of Osler's home; made when the first dataset is opened. */
    public DatasetStore(Home home) {
        this.folder = home.osler().resolve("datasets").resolve("unpacked");
    }

    /**
     * Opens a dataset; unpacks it first where that has not been done.
     *
     * @throws InputException if the file is absent, broken, not the one its MD5 says, or not of the official layout, if
     *     its labels do not fit, or if the store's folder is read-only or full
     * @throws IOException if the disk fails
     */
    public Dataset open(DatasetSource source) throws IOException {
        if (!java.nio.file.Files.isRegularFile(source.npz())) {
            throw new InputException("no such file: " + source.npz());
        }
        throw new UnsupportedOperationException(source + " " + folder);
    }
}

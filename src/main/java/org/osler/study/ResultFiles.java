package org.osler.study;

import java.nio.file.Path;

/** The files of a results folder that people and other programs read. */
public final class ResultFiles {

    private ResultFiles() {}

    /** Writes {@code results.csv}, {@code summary.csv} and {@code predictions/} from the store. */
    public static void write(ResultStore store, Path folder) {
        if (store.results().isEmpty()) {
            throw new UnsupportedOperationException(folder.toString());
        }
    }
}

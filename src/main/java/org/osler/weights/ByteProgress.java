package org.osler.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hears how far a large file has been read. Whoever hears it may end the reading by throwing an unchecked exception of
 * its own: files are closed, and nothing half-done is kept.
 */
@FunctionalInterface
public interface ByteProgress {

    /** Files shorter than this are read in less time than anybody waits for. */
    long LARGE = 64L << 20;

    /** A progress that nobody watches. */
    ByteProgress SILENT = (what, bytes) -> new Bar() {
        @Override
        public void step(long count) {
            // Nobody watches.
        }

        @Override
        public void close() {
            // Nothing was drawn.
        }
    };

    /**
     * Reading begins.
     *
     * @param what a few words for people
     * @param bytes how many there are
     */
    Bar begin(String what, long bytes);

    /** The same of a file; nothing is heard of one that is not {@link #LARGE}. */
    default Bar begin(String what, Path file) throws IOException {
        long bytes = Files.size(file);
        return (bytes < LARGE ? SILENT : this).begin(what + " " + file.getFileName(), bytes);
    }

    /** One file that is being read; closed when it was, or was given up. */
    interface Bar extends AutoCloseable {

        /** So many more bytes are read. */
        void step(long bytes);

        @Override
        void close();
    }
}

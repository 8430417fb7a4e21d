package org.osler.weights.download;

import java.util.OptionalLong;

/** Hears how far downloads have come; the command line draws bars from it. Called from the downloading thread. */
public interface DownloadProgress {

    /** Downloads that nobody watches. */
    DownloadProgress SILENT = (what, bytes) -> new Bar() {
        @Override
        public void at(long position) {
            // Nobody watches.
        }

        @Override
        public void note(String text) {
            // Nobody watches.
        }

        @Override
        public void close() {
            // Nothing was drawn.
        }
    };

    /**
     * Begins a file.
     *
     * @param what its name, for people
     * @param bytes its length; empty: not known
     */
    Bar begin(String what, OptionalLong bytes);

    /** One file under way; closed when it is there or given up. */
    interface Bar extends AutoCloseable {

        /** So many bytes of the file are there; fewer than before if it has to be fetched anew. */
        void at(long position);

        /** Something that explains a wait, in a few words. */
        void note(String text);

        @Override
        void close();
    }
}

package org.osler.data;

/** Hears how far the images of a dataset have been read. Steps come from many threads at once. */
public interface ReadingProgress {

    /** A progress that nobody watches. */
    ReadingProgress SILENT = new ReadingProgress() {
        @Override
        public void begin(String what, int images) {
            // Nobody watches.
        }

        @Override
        public void step() {
            // Nobody watches.
        }

        @Override
        public void end() {
            // Nothing was drawn.
        }

        @Override
        public void note(String line) {
            // Nobody reads it.
        }
    };

    /**
     * Work begins.
     *
     * @param what a few words for people
     * @param images how many there are
     */
    void begin(String what, int images);

    /** One more image is done. */
    void step();

    /** The work is done or given up. */
    void end();

    /** Something that the user should know of the images, e.g. what was passed over. */
    void note(String line);
}

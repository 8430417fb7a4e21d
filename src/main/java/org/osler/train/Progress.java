package org.osler.train;

/** Hears how far long work has come; the command line draws a bar from it. */
public interface Progress {

    /** A progress that nobody watches. */
    Progress SILENT = (what, steps) -> new Bar() {
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
     * Begins a piece of work.
     *
     * @param what a few words for people
     * @param steps how many steps it takes
     */
    Bar begin(String what, long steps);

    /** Says something that the user should know, e.g. what was passed over; one line. */
    default void note(String line) {
        // Where nobody watches, nobody reads.
    }

    /** One piece of work under way; closed when it is done or given up. */
    interface Bar extends AutoCloseable {

        /**
         * So many more steps are done; 0 tells nothing but asks whether the work is to end.
         *
         * @throws StoppedException if the work is to end here; whoever can put away what it has does so, and lets it pass
         */
        void step(long count);

        /**
         * So many steps were done by an earlier run; they took no time of this one.
         *
         * @throws StoppedException as {@link #step} does
         */
        default void before(long count) {
            step(count);
        }

        @Override
        void close();
    }
}

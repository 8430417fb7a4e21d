package org.osler.study;

/**
 * What a runner tells while it works; the command line draws it. Called from the runner's own thread.
 *
 * <p>A trial that was done before the run began is told of only by {@link #planned}.
 */
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = new Progress() {};

    /**
     * The first call: what lies ahead.
     *
     * @param trials how many trials the plan has
     * @param done how many of them have a result already
     */
    default void planned(int trials, int done) {}

    /**
     * A piece of work begins whose length is known, e.g. features of one split, or one fine-tuning. It ends when the
     * returned value is closed; pieces do not overlap.
     *
     * @param label one line for people, e.g. {@link Trial#label()}
     * @param total how many steps it has, from 1
     * @param unit what a step is, e.g. {@code images} or {@code iterations}
     */
    default Work begin(String label, long total, String unit) {
        return new Work() {};
    }

    /** A trial has its result, and the result is committed. */
    default void finished(TrialOutcome outcome) {}

    /**
     * A trial could not be finished; the run goes on with the others.
     *
     * @param reason one or two lines for the user
     */
    default void failed(Trial trial, String reason) {}

    /** A piece of work under way. */
    interface Work extends AutoCloseable {

        /**
         * Tells how far it is.
         *
         * @param done steps done so far, absolute: a fine-tuning that goes on from a checkpoint does not start at 0
         * @param note something short to show beside the bar, e.g. {@code val ACC 0.84}; empty: nothing
         */
        default void reached(long done, String note) {}

        @Override
        default void close() {}
    }
}

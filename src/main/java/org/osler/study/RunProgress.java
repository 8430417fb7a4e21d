package org.osler.study;

import org.osler.train.Progress;

/**
 * Hears how a study's run goes: beside the work under way, what lies ahead and what came of each trial. The command line
 * draws and prints it. Called from the runner's own thread; pieces of work do not overlap.
 */
public interface RunProgress extends Progress {

    /** A run that nobody watches. */
    RunProgress SILENT = new RunProgress() {
        @Override
        public void planned(int trials, int done) {
            // Nobody watches.
        }

        @Override
        public void finished(TrialOutcome outcome) {
            // Nobody watches.
        }

        @Override
        public void failed(Trial trial, String reason) {
            // Nobody watches.
        }

        @Override
        public Bar begin(String what, long steps) {
            return Progress.SILENT.begin(what, steps);
        }
    };

    /**
     * The first call: what lies ahead.
     *
     * @param trials how many trials the plan has
     * @param done how many of them have a result already; no more is heard of those
     */
    void planned(int trials, int done);

    /**
     * The second call: whom to ask how long the rest takes.
     */
    default void outlook(Outlook outlook) {
        // Not every watcher wants to know.
    }

    /**
     * The last call, where other runs are at work in the same folder: what is theirs.
     *
     * @param trials how many trials of the plan have no result yet because another run has taken them
     */
    default void elsewhere(int trials) {
        // Not every watcher wants to know.
    }

    /**
     * A trial of this run has ended in another process that works for it, see {@link Company}; from any thread.
     *
     * @param line who had it, which trial, and what came of it
     * @param failure whether it failed
     */
    default void besides(String line, boolean failure) {
        // Not every watcher wants to know.
    }

    /** A trial has its result, and the result is committed. */
    void finished(TrialOutcome outcome);

    /**
     * A trial could not be finished; the run goes on with the others.
     *
     * @param reason one or two lines for the user
     */
    void failed(Trial trial, String reason);
}

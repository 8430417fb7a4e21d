package org.osler.study;

/** A progress that passes on all that it hears; for those that hear some of it otherwise. */
public abstract class Relay implements RunProgress {

    private final RunProgress told;

    /**
     * Passes on.
     *
     * @param told hears of everything
     */
    protected Relay(RunProgress told) {
        this.told = told;
    }

    /** Who hears of everything. */
    protected final RunProgress told() {
        return told;
    }

    @Override
    public void planned(int trials, int done) {
        told.planned(trials, done);
    }

    @Override
    public void outlook(Outlook outlook) {
        told.outlook(outlook);
    }

    @Override
    public void elsewhere(int trials) {
        told.elsewhere(trials);
    }

    @Override
    public void besides(String line, boolean failure) {
        told.besides(line, failure);
    }

    @Override
    public void finished(TrialOutcome outcome) {
        told.finished(outcome);
    }

    @Override
    public void failed(Trial trial, String reason) {
        told.failed(trial, reason);
    }

    @Override
    public void note(String line) {
        told.note(line);
    }

    @Override
    public Bar begin(String what, long steps) {
        return told.begin(what, steps);
    }
}

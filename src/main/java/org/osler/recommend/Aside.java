package org.osler.recommend;

import org.osler.study.RunProgress;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;

/**
 * What is heard of the trials that a recommendation runs beside its own work: bars, notes and failures; each encoder gets
 * one line of its own.
 *
 * @param told hears them
 */
record Aside(RunProgress told) implements RunProgress {

    @Override
    public void planned(int trials, int done) {
        // A few for each encoder: no news.
    }

    @Override
    public void finished(TrialOutcome outcome) {
        // Its numbers are part of the encoder's line.
    }

    @Override
    public void elsewhere(int trials) {
        told.elsewhere(trials);
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

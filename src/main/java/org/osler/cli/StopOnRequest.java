package org.osler.cli;

import java.util.function.BooleanSupplier;
import org.osler.study.Outlook;
import org.osler.study.RunProgress;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.train.Stoppable;

/** A progress that ends the work it hears of, at the next step, once that is wanted. */
final class StopOnRequest implements RunProgress {

    private final RunProgress told;
    private final BooleanSupplier stopped;

    StopOnRequest(RunProgress told, BooleanSupplier stopped) {
        this.told = told;
        this.stopped = stopped;
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
    public void finished(TrialOutcome outcome) {
        told.finished(outcome); // others trained together with it may still have to be committed
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
        return new Stoppable(told, stopped, "interrupted").begin(what, steps);
    }
}

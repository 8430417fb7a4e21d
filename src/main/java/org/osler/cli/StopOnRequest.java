package org.osler.cli;

import java.util.function.BooleanSupplier;
import org.osler.study.Relay;
import org.osler.study.RunProgress;
import org.osler.train.Stoppable;

/**
 * A progress that ends the work it hears of, at the next step, once that is wanted; not between trials, for others that were
 * trained together with one may still have to be committed.
 */
final class StopOnRequest extends Relay {

    private final BooleanSupplier stopped;

    StopOnRequest(RunProgress told, BooleanSupplier stopped) {
        super(told);
        this.stopped = stopped;
    }

    @Override
    public Bar begin(String what, long steps) {
        return new Stoppable(told(), stopped, "interrupted").begin(what, steps);
    }
}

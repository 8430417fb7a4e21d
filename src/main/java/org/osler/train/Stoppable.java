package org.osler.train;

import java.util.function.BooleanSupplier;

/**
 * A progress that ends the work it hears of, at the next step, once that is wanted.
 *
 * @param told hears of the work, too
 * @param stop whether the work is to end
 * @param why for {@link StoppedException}
 */
public record Stoppable(Progress told, BooleanSupplier stop, String why) implements Progress {

    @Override
    public void note(String line) {
        told.note(line);
    }

    @Override
    public Bar begin(String what, long steps) {
        stopIfWanted();
        Bar bar = told.begin(what, steps);
        return new Bar() {
            @Override
            public void step(long count) {
                bar.step(count);
                stopIfWanted();
            }

            @Override
            public void before(long count) {
                bar.before(count);
                stopIfWanted();
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    private void stopIfWanted() {
        if (stop.getAsBoolean()) {
            throw new StoppedException(why);
        }
    }
}

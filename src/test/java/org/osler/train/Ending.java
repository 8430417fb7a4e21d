package org.osler.train;

import java.util.function.Supplier;

/**
 * A progress that ends the work it hears of.
 *
 * @param steps after how many of them
 * @param fault what is thrown then
 */
public record Ending(long steps, Supplier<RuntimeException> fault) implements Progress {

    /** As a user's Ctrl-C ends it: what can be saved is saved. */
    public static Ending stopsAfter(long steps) {
        return new Ending(steps, () -> new StoppedException("interrupted"));
    }

    /** As a fault ends it: nothing more is saved. */
    public static Ending breaksAfter(long steps) {
        return new Ending(steps, () -> new IllegalStateException("broken off"));
    }

    @Override
    public Bar begin(String what, long total) {
        return new Bar() {
            private long done;

            @Override
            public void step(long count) {
                done += count;
                if (done >= steps) {
                    throw fault.get();
                }
            }

            @Override
            public void close() {
                // Nothing was drawn.
            }
        };
    }
}

package org.osler.study;

import java.io.IOException;

/** Other processes that work on the trials of a run, for it and in its results folder. */
@FunctionalInterface
public interface Company {

    /** A run that works alone. */
    Company NONE = () -> new End(0, 0, false);

    /** Waits until all of them have ended. */
    End awaitEnd() throws IOException;

    /**
     * What they came to.
     *
     * @param finished trials that they gave their result
     * @param failed trials that they could not finish
     * @param early whether one of them ended before its time, so that trials may be left
     */
    record End(int finished, int failed, boolean early) {}
}

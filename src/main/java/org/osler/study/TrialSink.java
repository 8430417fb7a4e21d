package org.osler.study;

import java.time.Instant;
import org.osler.train.Fit;

/** Takes what comes of trials, one by one, as they end. */
interface TrialSink {

    /** A trial was trained. */
    void done(Trial trial, TrainingSet set, Fit fit, Instant started);

    /**
     * A trial could not be trained to its end.
     *
     * @param reason one or two lines for the user
     */
    void failed(Trial trial, String reason);
}

package org.osler.study;

import java.io.IOException;
import java.util.Optional;
import org.osler.nn.Parameters;
import org.osler.train.TrainedHead;

/** Takes what a trial's training leaves beside its scores, before its result is committed. */
interface Keeper {

    /** Keeps nothing: a study asks for numbers only. */
    Keeper NOTHING = (trial, encoder, head) -> {};

    /**
     * Keeps the checkpoint that was best on validation.
     *
     * @param encoder the encoder's parameters if they were trained; empty: they are those of its weights
     * @param head its head
     */
    void keep(Trial trial, Optional<Parameters> encoder, TrainedHead head) throws IOException;
}

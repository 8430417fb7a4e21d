package org.osler.recommend;

import org.osler.encoder.EncoderCard;
import org.osler.study.EncoderChoice;
import org.osler.study.Trial;

/**
 * An encoder that may be tried.
 *
 * @param choice the encoder and its weights
 * @param any one of its trials, which tells what it is fed
 */
record Candidate(EncoderChoice choice, Trial any) {

    EncoderCard card() {
        return choice.card();
    }

    String id() {
        return card().id();
    }

    /** Multiply-adds of one image. */
    double multiplyAdds() {
        return card().architecture().multiplyAddsAt(any.input());
    }
}

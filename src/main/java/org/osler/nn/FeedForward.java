package org.osler.nn;

import org.osler.tensor.Tensor;

/** The part of a transformer block that works on each token alone. */
public interface FeedForward {

    /** Adds to {@code added} [..., features] what it makes of {@code x} [..., features]. */
    Tensor forwardAndAdd(Tensor x, Tensor added);
}

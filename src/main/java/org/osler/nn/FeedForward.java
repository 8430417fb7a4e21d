package org.osler.nn;

import org.osler.tensor.Tensor;

/** The part of a transformer block that works on each token alone. */
public interface FeedForward {

    /** Maps [..., features] to [..., features]. */
    Tensor forward(Tensor x);

    /** {@code added + forward(x)}. */
    Tensor forwardAndAdd(Tensor x, Tensor added);
}

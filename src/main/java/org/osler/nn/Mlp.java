package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.Tensor;

/** Two linear layers with a GELU between them. */
public final class Mlp implements FeedForward {

    private final Linear fc1;
    private final Linear fc2;

    /** Declares the layers; the second may start in its own way. */
    public Mlp(Names names, int features, int hidden, LinearInit first, LinearInit second) {
        this.fc1 = first.linear(names.in("fc1"), features, hidden);
        this.fc2 = second.linear(names.in("fc2"), hidden, features);
    }

    @Override
    public Tensor forwardAndAdd(Tensor x, Tensor added) {
        return fc2.forwardAndAdd(fc1.forward(x, Activation.GELU), added);
    }

    @Override
    public Tensor forward(Tensor x) {
        return fc2.forward(fc1.forward(x, Activation.GELU));
    }
}

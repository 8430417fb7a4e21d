package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.Tensor;

/** Two linear layers with a GELU between them, and layer scale after them in some networks. */
public final class Mlp implements FeedForward {

    private final Linear fc1;
    private final BranchEnd end;

    /** Declares the layers; the second may start in its own way. */
    public Mlp(Names names, int features, int hidden, LinearInit first, LinearInit second) {
        this(names, features, hidden, first, second, null);
    }

    /** The same with layer scale at the end; {@code scale} may be null. */
    public Mlp(Names names, int features, int hidden, LinearInit first, LinearInit second, LayerScale scale) {
        this.fc1 = first.linear(names.in("fc1"), features, hidden);
        this.end = new BranchEnd(second.linear(names.in("fc2"), hidden, features), scale);
    }

    @Override
    public Tensor forwardAndAdd(Tensor x, Tensor added) {
        return end.forwardAndAdd(fc1.forward(x, Activation.GELU), added);
    }

    /** Maps [..., features] to [..., features]. */
    public Tensor forward(Tensor x) {
        return end.forward(fc1.forward(x, Activation.GELU));
    }
}

package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.Tensor;

/** {@code fc2(norm(silu(fc1_g·x) ⊙ fc1_x·x))}: a gated feed-forward (Shazeer 2020, arXiv 2002.05202) with EVA-02's norm. */
public final class SwiGlu implements FeedForward {

    private final Linear gate;
    private final Linear value;
    private final LayerNorm norm;
    private final Linear fc2;

    /** Declares the layers; {@code last} is how the last one starts. */
    public SwiGlu(Names names, int features, int hidden, double epsilon, LinearInit first, LinearInit last) {
        this.gate = first.linear(names.in("fc1_g"), features, hidden);
        this.value = first.linear(names.in("fc1_x"), features, hidden);
        this.norm = new LayerNorm(names.in("norm"), hidden, epsilon);
        this.fc2 = last.linear(names.in("fc2"), hidden, features);
    }

    @Override
    public Tensor forwardAndAdd(Tensor x, Tensor added) {
        return fc2.forwardAndAdd(gated(x), added);
    }

    private Tensor gated(Tensor x) {
        return norm.forward(gate.forward(x, Activation.SILU).mul(value.forward(x)));
    }
}

package org.osler.nn;

import java.util.Arrays;
import org.osler.tensor.Tensor;

/** A learned factor for each feature of a residual branch (Touvron et al. 2021, arXiv 2103.17239). */
public final class LayerScale {

    private final Names names;
    private final Tensor gamma;
    private boolean folded;

    /** Declares the factors under a name of the network's choice; all begin as {@code start}. */
    public LayerScale(Names names, String name, long features, double start) {
        this.names = names;
        this.gamma = names.parameter(name, (values, random) -> Arrays.fill(values, (float) start), features);
    }

    /** Says which layer's results are scaled: a frozen network computes both as one. */
    void follows(Linear layer) {
        names.folds(() -> {
            layer.scale(gamma);
            folded = true;
        });
    }

    /** Whether the layer before does the scaling. */
    boolean isFolded() {
        return folded;
    }

    /** Maps [..., features] to the same shape. */
    Tensor forward(Tensor x) {
        return x.mul(gamma.to(x.dtype()));
    }
}

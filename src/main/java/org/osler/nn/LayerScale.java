package org.osler.nn;

import java.util.Arrays;
import org.osler.tensor.Tensor;

/** A learned factor for each feature of a residual branch (Touvron et al. 2021, arXiv 2103.17239). */
public final class LayerScale {

    private final Tensor gamma;

    /** Declares the factors under a name of the network's choice; all begin as {@code start}. */
    public LayerScale(Names names, String name, long features, double start) {
        this.gamma = names.parameter(name, (values, random) -> Arrays.fill(values, (float) start), features);
    }

    /** Maps [..., features] to the same shape. */
    public Tensor forward(Tensor x) {
        return x.mul(gamma);
    }
}

package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Layer normalisation over the last dimension, with weight and bias. */
public final class LayerNorm {

    private final Tensor weight;
    private final Tensor bias;
    private final double epsilon;

    public LayerNorm(Names names, long features, double epsilon) {
        this.weight = names.norm("weight", Init.ONES, features);
        this.bias = names.norm("bias", Init.ZEROS, features);
        this.epsilon = epsilon;
    }

    /** Maps [..., features] to the same shape and type. */
    public Tensor forward(Tensor x) {
        return Functions.layerNorm(x, weight, bias, epsilon);
    }
}

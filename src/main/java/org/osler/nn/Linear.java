package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** {@code x·Wᵀ + b} over the last dimension; {@code weight} [out, in], {@code bias} [out]. */
public final class Linear {

    private final Tensor weight;
    private final Tensor bias;

    /** Declares weight and bias, drawn as PyTorch draws them by default. */
    public Linear(Names names, long in, long out) {
        this(names, in, out, Init.pytorchDefault(in), Init.pytorchDefault(in));
    }

    /** Declares weight and bias with their own draws. */
    public Linear(Names names, long in, long out, Init weightInit, Init biasInit) {
        this.weight = names.parameter("weight", weightInit, out, in);
        this.bias = names.parameter("bias", biasInit, out);
    }

    /** Maps [..., in] to [..., out]. */
    public Tensor forward(Tensor x) {
        return Functions.linear(x, weight, bias);
    }
}

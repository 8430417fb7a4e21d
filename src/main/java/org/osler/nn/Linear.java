package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** {@code x·Wᵀ + b} over the last dimension; {@code weight} [out, in], {@code bias} [out] or none. */
public final class Linear {

    private final Tensor weight;
    private final Tensor bias;

    /** Declares weight and bias with their own draws; without a bias if its draw is null. */
    public Linear(Names names, long in, long out, Init weightInit, Init biasInit) {
        this.weight = names.product("weight", weightInit, out, in);
        this.bias = biasInit == null ? null : names.product("bias", biasInit, out);
    }

    /** Maps [..., in] to [..., out]. */
    public Tensor forward(Tensor x) {
        return Functions.linear(x.to(weight.dtype()), weight, bias);
    }
}

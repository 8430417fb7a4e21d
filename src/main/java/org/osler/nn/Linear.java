package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Packed;
import org.osler.tensor.PackedLinear;
import org.osler.tensor.Tensor;

/** {@code x·Wᵀ + b} over the last dimension; {@code weight} [out, in], {@code bias} [out] or none. */
public final class Linear {

    private final Names names;
    private final Tensor weight;
    private final Tensor bias;
    private PackedLinear packed;

    /** Declares weight and bias with their own draws; without a bias if its draw is null. */
    public Linear(Names names, long in, long out, Init weightInit, Init biasInit) {
        this.names = names;
        this.weight = names.product("weight", weightInit, out, in);
        this.bias = biasInit == null ? null : names.product("bias", biasInit, out);
        names.packs(this::pack);
    }

    /** Multiplies what this layer gives by a factor for each output [out], from now on. */
    void scale(Tensor factor) {
        weight.detach().copyInPlace(weight.detach().mul(factor.view(factor.count(), 1)));
        if (bias != null) {
            bias.detach().copyInPlace(bias.detach().mul(factor));
        }
    }

    private Packed pack() {
        packed = new PackedLinear(weight, bias);
        return packed;
    }

    private DType type() {
        return packed == null ? names.products(weight.dtype()) : packed.type();
    }

    /** Maps [..., in] to [..., out]. */
    public Tensor forward(Tensor x) {
        return forward(x, Activation.NONE);
    }

    /** The same, followed by an activation. */
    public Tensor forward(Tensor x, Activation activation) {
        DType type = type();
        return packed == null
                ? activation.over(Functions.linear(x.to(type), weight.to(type), bias == null ? null : bias.to(type)))
                : packed.apply(x.to(type), activation);
    }

    /** {@code added + forward(x)}. */
    public Tensor forwardAndAdd(Tensor x, Tensor added) {
        return packed == null || added.dtype() != type()
                ? added.add(forward(x))
                : packed.applyAndAdd(x.to(type()), added);
    }
}

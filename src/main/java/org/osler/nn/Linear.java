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

    /** Keeps the weights as they are in a frozen network, for one that reads parts of them; this layer. */
    Linear unpacked() {
        names.leavesUnpacked();
        return this;
    }

    /** Maps [..., in] to some of the outputs, [..., count], in a layer that stays {@linkplain #unpacked unpacked}. */
    Tensor part(Tensor x, long from, long count) {
        return Functions.linear(x.to(type()), weight(from, count), bias(from, count));
    }

    /** Weights of some of the outputs, [count, in], in the type that products are computed in; as in {@link #part}. */
    Tensor weight(long from, long count) {
        return weight.narrow(0, from, count).to(type());
    }

    /** Biases of some of the outputs, [count], or null if there are none; as in {@link #part}. */
    Tensor bias(long from, long count) {
        return bias == null ? null : bias.narrow(0, from, count).to(type());
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

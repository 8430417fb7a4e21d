package org.osler.tensor;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * {@code activation(x·Wᵀ + b)} with fixed W and b. Owns its values until closed.
 *
 * <p>oneDNN's kernels record no gradients. Where they are asked for with respect to {@code x}, the weight is unpacked for
 * that one call.
 *
 * <p>Without AVX-512, weights that are computed with in float32 stay as they are: libtorch's own product, which is MKL's, is faster there by more
 * than what follows it could save. (One core of an EPYC with AVX2, ViT-B/16, four images: 2.08 images/s, with packed
 * weights 1.89.)
 */
public final class PackedLinear implements Packed {

    private final DType type;
    private final DType computed;
    private final boolean packed;
    private final Tensor weight;
    private final Tensor bias;
    private final OperatorHandle linear = Operators.find("mkldnn::_linear_pointwise");
    private final OperatorHandle linearAdd = Operators.find("mkldnn::_linear_pointwise.binary");

    /**
     * Packs a layer.
     *
     * @param weight [out, in], of a type for which packing is {@linkplain Packed#available available}; copied
     * @param bias [out] of the same type, or null; copied
     */
    public PackedLinear(Tensor weight, Tensor bias) {
        this.type = weight.dtype();
        this.computed = BFloat16Products.computed(type);
        this.packed = computed != DType.FLOAT32 || Libtorch.hasAvx512();
        try (Scope scope = Scope.open()) {
            Tensor values = weight.detach().to(computed);
            this.weight = scope.keep(packed ? pack(values) : values.copy());
            this.bias =
                    bias == null ? null : scope.keep(bias.detach().to(computed).copy());
        }
    }

    private static Tensor pack(Tensor weight) {
        return Autograd.off(() -> Operators.callForTensor(
                Operators.find("mkldnn::_reorder_linear_weight"), new IValue(weight.handle()), new IValue()));
    }

    /** Maps [..., in] to [..., out], in the weight's type. */
    public Tensor apply(Tensor x, Activation activation) {
        return BFloat16Products.in(computed, f -> product(f[0], activation), x);
    }

    private Tensor product(Tensor x, Activation activation) {
        if (!packed || x.followsGradient()) {
            return activation.over(Functions.linear(x, packed ? PackedArguments.dense(weight) : weight, bias));
        }
        return Operators.callForTensor(
                linear,
                new IValue(x.handle()),
                new IValue(weight.handle()),
                PackedArguments.optional(bias),
                new IValue(activation.oneDnnName()),
                PackedArguments.noScalars(),
                PackedArguments.algorithm(activation));
    }

    /** {@code x·Wᵀ + b + added}, with {@code added} of the result's shape and type. */
    public Tensor applyAndAdd(Tensor x, Tensor added) {
        return BFloat16Products.in(computed, f -> productAndSum(f[0], f[1]), x, added);
    }

    private Tensor productAndSum(Tensor x, Tensor added) {
        if (!packed || x.followsGradient() || added.followsGradient()) {
            Tensor product = product(x, Activation.NONE);
            if (product.followsGradient() || added.followsGradient()) {
                return product.add(added);
            }
            product.addInPlace(added);
            return product;
        }
        return Operators.callForTensor(
                linearAdd,
                new IValue(x.handle()),
                new IValue(added.handle()),
                new IValue(weight.handle()),
                PackedArguments.optional(bias),
                new IValue("add"));
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public void close() {
        weight.close();
        if (bias != null) {
            bias.close();
        }
    }
}

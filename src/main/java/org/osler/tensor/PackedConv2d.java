package org.osler.tensor;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * {@code activation(convolution(x) + b)} with fixed weights, channels innermost in memory. Owns its values until closed.
 *
 * <p>Which blocks oneDNN's kernels read depends on the size of the input, so the weights are packed when the first one of
 * a size comes. Blocks made for another size would be rearranged at every call, which takes longer than the convolution
 * itself. (On an EPYC with AVX2, with blocks made for no size in particular, 14 × 14 pixels of 256 channels: 7 instead of
 * 77 GFLOP/s for two images.) The number of images makes no difference.
 *
 * <p>oneDNN's kernels record no gradients. Where they are asked for with respect to {@code x}, the weights are unpacked
 * for that one call.
 */
public final class PackedConv2d implements Packed {

    private static final long[] NO_DILATION = {1, 1};

    private final DType type;
    private final DType computed;
    /** The weights for each size of the input, height and width. */
    private final Map<Size, Tensor> packed = new HashMap<>();

    private final Tensor bias;
    private final long[] shape;
    private final long[] stride;
    private final long[] padding;
    private final long groups;
    /** The weights as they came, until they are packed for the first time; then null. */
    private Tensor plain;

    private final OperatorHandle convolution = Operators.find("mkldnn::_convolution_pointwise");
    private final OperatorHandle convolutionAdd = Operators.find("mkldnn::_convolution_pointwise.binary");

    /**
     * Packs a layer.
     *
     * @param weight [out, C / groups, k, k], of a type for which packing is {@linkplain Packed#available available}; copied
     * @param bias [out] of the same type, or null; copied
     */
    public PackedConv2d(Tensor weight, Tensor bias, long stride, long padding, long groups) {
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
        this.groups = groups;
        this.shape = weight.shape();
        this.type = weight.dtype();
        this.computed = BFloat16Products.computed(type);
        try (Scope scope = Scope.open()) {
            this.plain = scope.keep(weight.detach().to(computed).copy());
            this.bias =
                    bias == null ? null : scope.keep(bias.detach().to(computed).copy());
        }
    }

    private record Size(long height, long width) {}

    private synchronized Tensor weightFor(Tensor x) {
        Size size = new Size(x.size(2), x.size(3));
        Tensor weight = packed.get(size);
        if (weight == null) {
            weight = pack(x);
            packed.put(size, weight);
        }
        if (plain != null) {
            plain.close();
            plain = null;
        }
        return weight;
    }

    private Tensor pack(Tensor x) {
        try (Scope scope = Scope.open()) {
            return scope.keep(Autograd.off(() -> {
                Tensor source = plain == null ? plain(packed.values().iterator().next()) : plain;
                return Operators.callForTensor(
                        Operators.find("mkldnn::_reorder_convolution_weight"),
                        new IValue(source.channelsLast().handle()),
                        Operators.list(padding),
                        Operators.list(stride),
                        Operators.list(NO_DILATION),
                        new IValue(groups),
                        Operators.list(x.shape()));
            }));
        }
    }

    /** Packed weights as they came. */
    private Tensor plain(Tensor weight) {
        // Groups are a dimension of their own in packed weights.
        return PackedArguments.dense(weight).reshape(shape);
    }

    /** Maps [B, C, H, W] to [B, out, H', W'], in the weight's type. */
    public Tensor apply(Tensor x, Activation activation) {
        return BFloat16Products.in(computed, f -> product(f[0], activation), x);
    }

    private Tensor product(Tensor x, Activation activation) {
        if (x.followsGradient()) {
            return activation.over(Functions.conv2d(x, plain(weightFor(x)), bias, stride[0], padding[0], groups));
        }
        return Operators.callForTensor(
                convolution,
                new IValue(x.channelsLast().handle()),
                new IValue(weightFor(x).handle()),
                PackedArguments.optional(bias),
                Operators.list(padding),
                Operators.list(stride),
                Operators.list(NO_DILATION),
                new IValue(groups),
                new IValue(activation.oneDnnName()),
                PackedArguments.noScalars(),
                PackedArguments.algorithm(activation));
    }

    /** {@code activation(convolution(x) + b + added)}, with {@code added} of the result's shape and type. */
    public Tensor applyAndAdd(Tensor x, Tensor added, Activation activation) {
        return BFloat16Products.in(computed, f -> productAndSum(f[0], f[1], activation), x, added);
    }

    private Tensor productAndSum(Tensor x, Tensor added, Activation activation) {
        boolean pixel = added.size(2) == 1 && added.size(3) == 1;
        if (pixel || x.followsGradient() || added.followsGradient()) {
            // A single pixel has channels both innermost and outermost, and the operator takes the two for different.
            return activation.over(product(x, Activation.NONE).add(added));
        }
        return Operators.callForTensor(
                convolutionAdd,
                new IValue(x.channelsLast().handle()),
                new IValue(added.channelsLast().handle()),
                new IValue(weightFor(x).handle()),
                PackedArguments.optional(bias),
                Operators.list(padding),
                Operators.list(stride),
                Operators.list(NO_DILATION),
                new IValue(groups),
                new IValue("add"),
                new IValue(),
                activation == Activation.NONE ? new IValue() : new IValue(activation.oneDnnName()),
                PackedArguments.noScalars(),
                new IValue());
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public synchronized void close() {
        packed.values().forEach(Tensor::close);
        packed.clear();
        if (plain != null) {
            plain.close();
            plain = null;
        }
        if (bias != null) {
            bias.close();
        }
    }
}

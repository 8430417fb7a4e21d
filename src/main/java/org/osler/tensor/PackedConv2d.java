package org.osler.tensor;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * {@code activation(convolution(x) + b)} with fixed weights, channels innermost in memory. Owns its values until closed.
 *
 * <p>oneDNN's kernels record no gradients. Where they are asked for with respect to {@code x}, the weights are unpacked
 * for that one call.
 */
public final class PackedConv2d implements Packed {

    private static final long[] NO_DILATION = {1, 1};

    private final DType type;
    private final Tensor weight;
    private final Tensor bias;
    private final long[] shape;
    private final long[] stride;
    private final long[] padding;
    private final long groups;
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
        try (Scope scope = Scope.open()) {
            this.weight = scope.keep(Autograd.off(() -> Operators.callForTensor(
                    Operators.find("mkldnn::_reorder_convolution_weight"),
                    new IValue(weight.detach().channelsLast().handle()),
                    Operators.list(this.padding),
                    Operators.list(this.stride),
                    Operators.list(NO_DILATION),
                    new IValue(groups),
                    new IValue())));
            this.bias = bias == null ? null : scope.keep(bias.detach().copy());
        }
    }

    /** Maps [B, C, H, W] to [B, out, H', W'], in the weight's type. */
    public Tensor apply(Tensor x, Activation activation) {
        if (x.followsGradient()) {
            // Groups are a dimension of their own in the packed weights.
            Tensor plain = PackedArguments.dense(weight).reshape(shape);
            return activation.of(Functions.conv2d(x, plain, bias, stride[0], padding[0], groups));
        }
        return Operators.callForTensor(
                convolution,
                new IValue(x.channelsLast().handle()),
                new IValue(weight.handle()),
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
        boolean pixel = added.size(2) == 1 && added.size(3) == 1;
        if (pixel || x.followsGradient() || added.followsGradient()) {
            // A single pixel has channels both innermost and outermost, and the operator takes the two for different.
            return activation.of(apply(x, Activation.NONE).add(added));
        }
        return Operators.callForTensor(
                convolutionAdd,
                new IValue(x.channelsLast().handle()),
                new IValue(added.channelsLast().handle()),
                new IValue(weight.handle()),
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
    public void close() {
        weight.close();
        if (bias != null) {
            bias.close();
        }
    }
}

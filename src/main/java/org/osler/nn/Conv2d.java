package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Packed;
import org.osler.tensor.PackedConv2d;
import org.osler.tensor.Tensor;

/** Convolution with a square kernel; {@code weight} [out, in / groups, k, k], {@code bias} [out] or none. */
public final class Conv2d {

    private final Names names;
    private final Tensor weight;
    private final int stride;
    private final int padding;
    private final int groups;
    private Tensor bias;
    private PackedConv2d packed;

    private Conv2d(Names names, Tensor weight, Tensor bias, int stride, int padding, int groups) {
        this.names = names;
        this.weight = weight;
        this.bias = bias;
        this.stride = stride;
        this.padding = padding;
        this.groups = groups;
        names.packs(this::pack);
    }

    /** A convolution without bias, drawn by {@code init}. */
    public static Conv2d plain(Names names, int in, int out, int kernel, int stride, int padding, Init init) {
        return new Conv2d(names, names.product("weight", init, out, in, kernel, kernel), null, stride, padding, 1);
    }

    /** A convolution with bias, drawn as PyTorch draws it by default. */
    public static Conv2d withBias(Names names, int in, int out, int kernel, int stride) {
        Init init = Init.pytorchDefault((long) in * kernel * kernel);
        return new Conv2d(
                names,
                names.product("weight", init, out, in, kernel, kernel),
                names.product("bias", init, out),
                stride,
                0,
                1);
    }

    /** A convolution with a bias that starts at 0, its weight drawn by {@code init}. */
    public static Conv2d withZeroBias(Names names, int in, int out, int kernel, int stride, int padding, Init init) {
        return new Conv2d(
                names,
                names.product("weight", init, out, in, kernel, kernel),
                names.product("bias", Init.ZEROS, out),
                stride,
                padding,
                1);
    }

    /** A convolution of each channel on its own, without bias; an odd kernel, padded by half of it. */
    public static Conv2d depthwise(Names names, int channels, int kernel, int stride, Init init) {
        return new Conv2d(
                names, names.product("weight", init, channels, 1, kernel, kernel), null, stride, kernel / 2, channels);
    }

    /** As {@link #depthwise} with stride 1, and a bias that starts at 0. */
    public static Conv2d depthwiseWithZeroBias(Names names, int channels, int kernel, Init init) {
        return new Conv2d(
                names,
                names.product("weight", init, channels, 1, kernel, kernel),
                names.product("bias", Init.ZEROS, channels),
                1,
                kernel / 2,
                channels);
    }

    private Packed pack() {
        packed = new PackedConv2d(weight, typedBias(), stride, padding, groups);
        return packed;
    }

    private DType type() {
        return packed == null ? names.products(weight.dtype()) : packed.type();
    }

    /**
     * Multiplies what this convolution, which has no bias, gives by a factor for each output channel and adds a term, from
     * now on.
     *
     * @param factor [out]
     * @param term [out], kept; owned by the caller
     */
    void scale(Tensor factor, Tensor term) {
        weight.detach().copyInPlace(weight.detach().mul(factor.view(weight.size(0), 1, 1, 1)));
        bias = term;
    }

    private Tensor typedBias() {
        return bias == null ? null : bias.to(type());
    }

    /** Maps [B, in, H, W] to [B, out, H', W']. */
    public Tensor forward(Tensor x) {
        return forward(x, Activation.NONE);
    }

    /** The same, followed by an activation. */
    public Tensor forward(Tensor x, Activation activation) {
        DType type = type();
        return packed == null
                ? Functions.conv2d(laid(x.to(type)), weight.to(type), typedBias(), stride, padding, groups, activation)
                : packed.apply(x.to(type), activation);
    }

    /** A card's convolutions in bfloat16 are quickest with channels innermost; once so, what follows stays so. */
    private Tensor laid(Tensor x) {
        return x.dtype() == DType.BFLOAT16 && names.isOnCard() ? x.channelsLast() : x;
    }

    /** {@code activation(forward(x) + added)}. */
    Tensor forwardAndAdd(Tensor x, Tensor added, Activation activation) {
        // bfloat16 products are added in the sum's own type, float32.
        return packed == null || added.dtype() != type()
                ? activation.over(forward(x).add(added))
                : packed.applyAndAdd(x.to(type()), added, activation);
    }
}

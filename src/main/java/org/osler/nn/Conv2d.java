package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Convolution with a square kernel; {@code weight} [out, in / groups, k, k], {@code bias} [out] or none. */
public final class Conv2d {

    private final Tensor weight;
    private final Tensor bias;
    private final int stride;
    private final int padding;
    private final int groups;

    private Conv2d(Tensor weight, Tensor bias, int stride, int padding, int groups) {
        this.weight = weight;
        this.bias = bias;
        this.stride = stride;
        this.padding = padding;
        this.groups = groups;
    }

    /** A convolution without bias, drawn by {@code init}. */
    public static Conv2d plain(Names names, int in, int out, int kernel, int stride, int padding, Init init) {
        return new Conv2d(names.product("weight", init, out, in, kernel, kernel), null, stride, padding, 1);
    }

    /** A convolution with bias, drawn as PyTorch draws it by default. */
    public static Conv2d withBias(Names names, int in, int out, int kernel, int stride) {
        Init init = Init.pytorchDefault((long) in * kernel * kernel);
        return new Conv2d(
                names.product("weight", init, out, in, kernel, kernel), names.product("bias", init, out), stride, 0, 1);
    }

    /** A convolution with a bias that starts at 0, its weight drawn by {@code init}. */
    public static Conv2d withZeroBias(Names names, int in, int out, int kernel, int stride, int padding, Init init) {
        return new Conv2d(
                names.product("weight", init, out, in, kernel, kernel),
                names.product("bias", Init.ZEROS, out),
                stride,
                padding,
                1);
    }

    /** A convolution of each channel on its own, without bias; an odd kernel, padded by half of it. */
    public static Conv2d depthwise(Names names, int channels, int kernel, int stride, Init init) {
        return new Conv2d(
                names.product("weight", init, channels, 1, kernel, kernel), null, stride, kernel / 2, channels);
    }

    /** As {@link #depthwise} with stride 1, and a bias that starts at 0. */
    public static Conv2d depthwiseWithZeroBias(Names names, int channels, int kernel, Init init) {
        return new Conv2d(
                names.product("weight", init, channels, 1, kernel, kernel),
                names.product("bias", Init.ZEROS, channels),
                1,
                kernel / 2,
                channels);
    }

    /** Maps [B, in, H, W] to [B, out, H', W']. */
    public Tensor forward(Tensor x) {
        return Functions.conv2d(x.to(weight.dtype()), weight, bias, stride, padding, groups);
    }
}

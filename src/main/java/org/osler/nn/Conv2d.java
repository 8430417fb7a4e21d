package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Convolution with a square kernel; {@code weight} [out, in, k, k], {@code bias} [out] or none. */
public final class Conv2d {

    private final Tensor weight;
    private final Tensor bias;
    private final int stride;
    private final int padding;

    private Conv2d(Tensor weight, Tensor bias, int stride, int padding) {
        this.weight = weight;
        this.bias = bias;
        this.stride = stride;
        this.padding = padding;
    }

    /** A convolution without bias, drawn by {@code init}. */
    public static Conv2d plain(Names names, int in, int out, int kernel, int stride, int padding, Init init) {
        return new Conv2d(names.parameter("weight", init, out, in, kernel, kernel), null, stride, padding);
    }

    /** A convolution with bias, drawn as PyTorch draws it by default. */
    public static Conv2d withBias(Names names, int in, int out, int kernel, int stride) {
        Init init = Init.pytorchDefault((long) in * kernel * kernel);
        return new Conv2d(
                names.parameter("weight", init, out, in, kernel, kernel),
                names.parameter("bias", init, out),
                stride,
                0);
    }

    /** Maps [B, in, H, W] to [B, out, H', W']. */
    public Tensor forward(Tensor x) {
        return Functions.conv2d(x, weight, bias, stride, padding);
    }
}

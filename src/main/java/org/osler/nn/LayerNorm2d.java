package org.osler.nn;

import org.osler.tensor.Tensor;

/** Layer normalisation over the channels of each pixel, with weight and bias. */
public final class LayerNorm2d {

    private final LayerNorm norm;

    public LayerNorm2d(Names names, long channels, double epsilon) {
        this.norm = new LayerNorm(names, channels, epsilon);
    }

    /** Maps [B, C, H, W] to the same shape, channels innermost in memory. */
    public Tensor forward(Tensor x) {
        return norm.forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2);
    }
}

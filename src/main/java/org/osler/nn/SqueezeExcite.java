package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.Tensor;

/**
 * Squeeze-and-excitation (Hu et al. 2017, arXiv 1709.01507): scales each channel by a gate in 0 to 1, computed from the
 * means of all channels through a narrow layer with SiLU.
 */
public final class SqueezeExcite {

    private final Conv2d reduce;
    private final Conv2d expand;

    /**
     * Declares the two layers, 1×1 convolutions with bias, drawn with variance 2/fan-out.
     *
     * @param reduced width of the narrow layer
     */
    public SqueezeExcite(Names names, int channels, int reduced) {
        this.reduce =
                Conv2d.withZeroBias(names.in("conv_reduce"), channels, reduced, 1, 1, 0, Init.kaimingFanOut(reduced));
        this.expand =
                Conv2d.withZeroBias(names.in("conv_expand"), reduced, channels, 1, 1, 0, Init.kaimingFanOut(channels));
    }

    /** Maps [B, C, H, W] to the same shape. */
    public Tensor forward(Tensor x) {
        Tensor gate = expand.forward(reduce.forward(x.mean(true, 2, 3), Activation.SILU));
        return x.mul(gate.sigmoid());
    }
}

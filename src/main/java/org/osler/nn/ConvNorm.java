package org.osler.nn;

import org.osler.tensor.Activation;
import org.osler.tensor.Tensor;

/** A convolution without bias and the batch norm after it, which a frozen network computes as one convolution. */
public final class ConvNorm {

    private final Conv2d convolution;
    private final BatchNorm2d norm;
    private boolean folded;

    /**
     * Joins two layers that nothing stands between.
     *
     * @param names where they are declared, or the network's root
     */
    public ConvNorm(Names names, Conv2d convolution, BatchNorm2d norm) {
        this.convolution = convolution;
        this.norm = norm;
        names.folds(() -> {
            norm.foldInto(convolution);
            folded = true;
        });
    }

    /** Maps [B, in, H, W] to {@code activation(norm(convolution(x)))}, [B, out, H', W']. */
    public Tensor forward(Tensor x, Mode mode, Activation activation) {
        return folded(mode)
                ? convolution.forward(x, activation)
                : activation.over(norm.forward(convolution.forward(x), mode));
    }

    /** {@code activation(norm(convolution(x)) + added)}. */
    public Tensor forwardAndAdd(Tensor x, Tensor added, Mode mode, Activation activation) {
        return folded(mode)
                ? convolution.forwardAndAdd(x, added, activation)
                : activation.over(norm.forward(convolution.forward(x), mode).add(added));
    }

    private boolean folded(Mode mode) {
        if (folded && mode == Mode.TRAIN) {
            throw new IllegalStateException("a frozen network cannot be trained");
        }
        return folded;
    }
}

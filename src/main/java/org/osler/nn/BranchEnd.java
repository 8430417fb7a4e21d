package org.osler.nn;

import org.osler.tensor.Tensor;

/** The end of a residual branch: a linear layer, and layer scale after it in some networks. */
final class BranchEnd {

    private final Linear linear;
    private final LayerScale scale;

    /** Joins the two; {@code scale} may be null. */
    BranchEnd(Linear linear, LayerScale scale) {
        this.linear = linear;
        this.scale = scale;
        if (scale != null) {
            scale.follows(linear);
        }
    }

    /** {@code added + scale ⊙ linear(x)}. */
    Tensor forwardAndAdd(Tensor x, Tensor added) {
        return scale == null || scale.isFolded()
                ? linear.forwardAndAdd(x, added)
                : added.add(scale.forward(linear.forward(x)));
    }

    /** {@code scale ⊙ linear(x)}. */
    Tensor forward(Tensor x) {
        Tensor y = linear.forward(x);
        return scale == null || scale.isFolded() ? y : scale.forward(y);
    }
}

package org.osler.nn;

import org.osler.tensor.Tensor;

/**
 * A {@link TransformerBlock} behind which nothing but the first token counts: that one attends to all, and the rest of the
 * block is computed for it alone. It has a block's parameters. B batch, N tokens, D features.
 */
public record FirstTokenBlock(
        LayerNorm norm1, FirstTokenAttention attention, LayerNorm norm2, FeedForward feedForward) {

    /** What follows the first norm: tokens {@code x} and the same normed, [B, N, D] both, to the first token [B, D]. */
    public Tensor afterNorm1(Tensor normed, Tensor x) {
        Tensor y = attention.forwardAndAdd(normed, x.select(1, 0));
        return feedForward.forwardAndAdd(norm2.forward(y), y);
    }

    /** How much the first of tokens [B, N, D] attends to each, the mean over heads: float32 [B, 1, N], in sum 1. */
    public Tensor attention(Tensor x) {
        return attention.weights(norm1.forward(x));
    }
}

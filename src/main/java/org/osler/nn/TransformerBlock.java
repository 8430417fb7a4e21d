package org.osler.nn;

import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** A pre-norm transformer block: {@code x ← x + attention(norm₁(x))}, then {@code x ← x + feedForward(norm₂(x))}. */
public record TransformerBlock(LayerNorm norm1, Attention attention, LayerNorm norm2, FeedForward feedForward) {

    /** Maps tokens [B, N, D] to the same shape. */
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /** The same with rotary positions in the attention; {@code positions} may be null. */
    public Tensor forward(Tensor x, RotaryPositions positions) {
        Tensor y = Scope.of(() -> attention.forwardAndAdd(norm1.forward(x), positions, x));
        return feedForward.forwardAndAdd(norm2.forward(y), y);
    }

    /**
     * How much each token attends to each in this block, the mean over heads: float32 [B, N, N], rows in sum 1;
     * {@code positions} may be null.
     */
    public Tensor attention(Tensor x, RotaryPositions positions) {
        return attention.weights(norm1.forward(x), positions);
    }
}

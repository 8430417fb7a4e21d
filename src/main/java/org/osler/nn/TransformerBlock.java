package org.osler.nn;

import org.osler.tensor.Tensor;

/** A pre-norm transformer block: {@code x ← x + attention(norm₁(x))}, then {@code x ← x + feedForward(norm₂(x))}. */
public record TransformerBlock(LayerNorm norm1, Attention attention, LayerNorm norm2, FeedForward feedForward) {

    /** Maps tokens [B, N, D] to the same shape. */
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /** The same with rotary positions in the attention; {@code positions} may be null. */
    public Tensor forward(Tensor x, RotaryPositions positions) {
        Tensor y = attention.forwardAndAdd(norm1.forward(x), positions, x);
        return feedForward.forwardAndAdd(norm2.forward(y), y);
    }
}

package org.osler.nn;

import org.osler.tensor.Tensor;

/**
 * A pre-norm transformer block: {@code x ← x + s₁·attention(norm₁(x))}, then {@code x ← x + s₂·feedForward(norm₂(x))}.
 *
 * @param scale1 factors of the attention's branch; may be null
 * @param scale2 factors of the feed-forward's branch; may be null
 */
public record TransformerBlock(
        LayerNorm norm1,
        Attention attention,
        LayerScale scale1,
        LayerNorm norm2,
        FeedForward feedForward,
        LayerScale scale2) {

    /** Maps tokens [B, N, D] to the same shape. */
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /** The same with rotary positions in the attention; {@code positions} may be null. */
    public Tensor forward(Tensor x, RotaryPositions positions) {
        Tensor seen = norm1.forward(x);
        Tensor y = scale1 == null
                ? attention.forwardAndAdd(seen, positions, x)
                : x.add(scale1.forward(attention.forward(seen, positions)));
        Tensor normed = norm2.forward(y);
        return scale2 == null
                ? feedForward.forwardAndAdd(normed, y)
                : y.add(scale2.forward(feedForward.forward(normed)));
    }
}

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
        return after(x, attention.forward(norm1.forward(x)));
    }

    /** The same with rotary positions in the attention. */
    public Tensor forward(Tensor x, RotaryPositions positions) {
        return after(x, attention.forward(norm1.forward(x), positions));
    }

    private Tensor after(Tensor x, Tensor attended) {
        Tensor y = x.add(scale1 == null ? attended : scale1.forward(attended));
        Tensor mixed = feedForward.forward(norm2.forward(y));
        return y.add(scale2 == null ? mixed : scale2.forward(mixed));
    }
}

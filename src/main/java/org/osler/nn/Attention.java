package org.osler.nn;

import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Multi-head self-attention (Vaswani et al. 2017). B batch, N tokens, D features, H heads of d = D / H each. */
public final class Attention {

    private final Projections projections;
    private final BranchEnd end;

    private Attention(Projections projections, BranchEnd end) {
        this.projections = projections;
        this.end = end;
    }

    /** Turns tokens [B, N, D] into queries, keys and values [B, H, N, d]. */
    private interface Projections {
        Tensor[] of(Tensor x);
    }

    /**
     * One product for queries, keys and values.
     *
     * @param output how the last layer starts
     * @param scale layer scale after it; may be null
     */
    public static Attention fused(
            Names names,
            int features,
            int heads,
            boolean biased,
            LinearInit input,
            LinearInit output,
            LayerScale scale) {
        Linear qkv = input.linear(names.in("qkv"), features, 3L * features, biased);
        Linear proj = output.linear(names.in("proj"), features, features);
        return new Attention(x -> split(qkv.forward(x), 3, heads), new BranchEnd(proj, scale));
    }

    /** Queries, keys and values from layers of their own, keys without a bias (BEiT, Bao et al. 2021). */
    public static Attention separate(Names names, int features, int heads, LinearInit input, LinearInit output) {
        Linear q = input.linear(names.in("q_proj"), features, features);
        Linear k = input.linear(names.in("k_proj"), features, features, false);
        Linear v = input.linear(names.in("v_proj"), features, features);
        return new Attention(
                x -> new Tensor[] {
                    split(q.forward(x), 1, heads)[0], split(k.forward(x), 1, heads)[0], split(v.forward(x), 1, heads)[0]
                },
                new BranchEnd(output.linear(names.in("proj"), features, features), null));
    }

    /** Parts [B, H, N, d] of {@code products} [B, N, parts · D]. */
    static Tensor[] split(Tensor products, int parts, int heads) {
        long[] shape = products.shape();
        return products.view(shape[0], shape[1], parts, heads, shape[2] / parts / heads)
                .permute(2, 0, 3, 1, 4)
                .unbind(0);
    }

    /** Heads [B, H, N, d] side by side: [B, N, D]. */
    static Tensor join(Tensor heads) {
        long[] shape = heads.shape();
        return heads.transpose(1, 2).reshape(shape[0], shape[2], shape[1] * shape[3]);
    }

    /**
     * Adds to {@code added} [B, N, D] what attention makes of tokens [B, N, D]; queries and keys are turned by
     * {@code positions} unless these are null.
     */
    Tensor forwardAndAdd(Tensor x, RotaryPositions positions, Tensor added) {
        return end.forwardAndAdd(mixed(x, positions), added);
    }

    private Tensor mixed(Tensor x, RotaryPositions positions) {
        Tensor[] qkv = turned(x, positions);
        return join(Functions.attention(qkv[0], qkv[1], qkv[2]));
    }

    private Tensor[] turned(Tensor x, RotaryPositions positions) {
        Tensor[] qkv = projections.of(x);
        return positions == null ? qkv : new Tensor[] {positions.turn(qkv[0]), positions.turn(qkv[1]), qkv[2]};
    }

    /** How much each token of [B, N, D] attends to each, the mean over heads: float32 [B, N, N], rows in sum 1. */
    Tensor weights(Tensor x, RotaryPositions positions) {
        Tensor[] qkv = turned(x, positions);
        return weights(qkv[0], qkv[1]);
    }

    /** {@code softmax(q·kᵀ / √d)}, the mean over heads: [B, H, M, d] and [B, H, N, d] to float32 [B, M, N]. */
    static Tensor weights(Tensor queries, Tensor keys) {
        return queries.mul(1 / Math.sqrt((double) queries.size(-1)))
                .matmul(keys.transpose(-2, -1))
                .to(DType.FLOAT32)
                .softmax(-1)
                .mean(false, 1);
    }
}

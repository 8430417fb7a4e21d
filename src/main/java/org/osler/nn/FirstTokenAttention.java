package org.osler.nn;

import org.osler.tensor.Tensor;

/** An {@link Attention} whose result is asked for at the first token only. It has the same parameters. */
public final class FirstTokenAttention {

    private final Linear qkv;
    private final SingleQuery query;
    private final BranchEnd end;
    private final int features;

    /**
     * One layer for queries, keys and values, see {@link Attention#fused}; with biases.
     *
     * @param output how the last layer starts
     * @param scale layer scale after it; may be null
     */
    public FirstTokenAttention(
            Names names, int features, int heads, LinearInit input, LinearInit output, LayerScale scale) {
        this.qkv = input.linear(names.in("qkv"), features, 3L * features);
        this.query = new SingleQuery(qkv, features, features, heads);
        this.end = new BranchEnd(output.linear(names.in("proj"), features, features), scale);
        this.features = features;
    }

    /** Adds to {@code added} [B, D] what the first of tokens [B, N, D] gets from all of them. */
    Tensor forwardAndAdd(Tensor x, Tensor added) {
        return end.forwardAndAdd(query.attend(queries(x), x), added);
    }

    /** How much the first token attends to each of [B, N, D], the mean over heads: float32 [B, 1, N], in sum 1. */
    Tensor weights(Tensor x) {
        return query.weights(queries(x), x);
    }

    private Tensor queries(Tensor x) {
        return qkv.part(x.select(1, 0), 0, features);
    }
}

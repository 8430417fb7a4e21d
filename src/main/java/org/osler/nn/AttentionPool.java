package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Pools tokens by attention from one learned query, then a feed-forward (MAP head, Zhai et al. 2022, arXiv 2106.04560). */
public final class AttentionPool {

    private final Tensor latent;
    private final Linear q;
    private final Linear kv;
    private final Linear proj;
    private final LayerNorm norm;
    private final Mlp mlp;
    private final int heads;

    /** Declares the layers; the feed-forward is four times as wide. */
    public AttentionPool(Names names, int features, int heads, double epsilon, LinearInit init) {
        this.latent = names.parameter("latent", Init.normal(1 / Math.sqrt(features)), 1, 1, features);
        this.q = init.linear(names.in("q"), features, features);
        this.kv = init.linear(names.in("kv"), features, 2L * features);
        this.proj = init.linear(names.in("proj"), features, features);
        this.norm = new LayerNorm(names.in("norm"), features, epsilon);
        this.mlp = new Mlp(names.in("mlp"), features, 4 * features, init, init);
        this.heads = heads;
    }

    /** Maps tokens [B, N, D] to [B, D]. */
    public Tensor forward(Tensor tokens) {
        Tensor[] keyValue = Attention.split(kv.forward(tokens), 2, heads);
        Tensor x = proj.forward(Attention.join(Functions.attention(query(tokens), keyValue[0], keyValue[1])));
        return x.add(mlp.forward(norm.forward(x))).select(1, 0);
    }

    /** How much the query attends to each of the tokens [B, N, D], the mean over heads: float32 [B, 1, N], in sum 1. */
    public Tensor attention(Tensor tokens) {
        return Attention.weights(query(tokens), Attention.split(kv.forward(tokens), 2, heads)[0]);
    }

    private Tensor query(Tensor tokens) {
        long[] shape = tokens.shape();
        return Attention.split(q.forward(latent.expand(shape[0], 1, shape[2])), 1, heads)[0];
    }
}

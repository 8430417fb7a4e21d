package org.osler.nn;

import org.osler.tensor.Tensor;

/** Pools tokens by attention from one learned query, then a feed-forward (MAP head, Zhai et al. 2022, arXiv 2106.04560). */
public final class AttentionPool {

    private final Tensor latent;
    private final Linear q;
    private final SingleQuery query;
    private final Linear proj;
    private final LayerNorm norm;
    private final Mlp mlp;

    /** Declares the layers; the feed-forward is four times as wide. */
    public AttentionPool(Names names, int features, int heads, double epsilon, LinearInit init) {
        this.latent = names.parameter("latent", Init.normal(1 / Math.sqrt(features)), 1, 1, features);
        this.q = init.linear(names.in("q"), features, features);
        this.query = new SingleQuery(init.linear(names.in("kv"), features, 2L * features), 0, features, heads);
        this.proj = init.linear(names.in("proj"), features, features);
        this.norm = new LayerNorm(names.in("norm"), features, epsilon);
        this.mlp = new Mlp(names.in("mlp"), features, 4 * features, init, init);
    }

    /** Maps tokens [B, N, D] to [B, D]. */
    public Tensor forward(Tensor tokens) {
        Tensor x = proj.forward(query.attend(queries(tokens), tokens));
        return x.add(mlp.forward(norm.forward(x)));
    }

    /** How much the query attends to each of the tokens [B, N, D], the mean over heads: float32 [B, 1, N], in sum 1. */
    public Tensor attention(Tensor tokens) {
        return query.weights(queries(tokens), tokens);
    }

    /** The one query, once for each image: [B, D]. */
    private Tensor queries(Tensor tokens) {
        return q.forward(latent.select(1, 0)).expand(tokens.size(0), tokens.size(2));
    }
}

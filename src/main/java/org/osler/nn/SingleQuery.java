package org.osler.nn;

import org.osler.tensor.DType;
import org.osler.tensor.Tensor;

/**
 * Multi-head attention of one query an image to tokens whose keys and values are never made. For {@code q·(K·x) = (Kᵀ·q)·x}
 * and, as what is attended sums to 1, {@code Σ pₙ·(V·xₙ + b) = V·(Σ pₙ·xₙ) + b}: a token costs 2·H·D multiplications
 * instead of 2·D². What a bias of the keys adds to a query's scores is the same for all tokens, so softmax does not see it.
 * B batch, N tokens, D features, H heads of d = D / H each.
 */
final class SingleQuery {

    private final Linear layer;
    private final long keysAt;
    private final int features;
    private final int heads;

    /**
     * Reads keys' and values' weights where a layer has them.
     *
     * @param layer holds D outputs for keys and behind them D for values
     * @param keysAt the first output for keys
     */
    SingleQuery(Linear layer, long keysAt, int features, int heads) {
        this.layer = layer.unpacked();
        this.keysAt = keysAt;
        this.features = features;
        this.heads = heads;
    }

    /** What queries [B, D] get from tokens [B, N, D], heads side by side: [B, D]. */
    Tensor attend(Tensor queries, Tensor tokens) {
        Tensor values = byHead(layer.weight(keysAt + features, features));
        Tensor x = tokens.to(values.dtype());
        Tensor attended = shares(queries, x).to(x.dtype()).matmul(x);
        Tensor ofHeads = attended.transpose(0, 1).matmul(values.transpose(1, 2));
        Tensor joined = ofHeads.transpose(0, 1).reshape(tokens.size(0), features);
        Tensor bias = layer.bias(keysAt + features, features);
        return bias == null ? joined : joined.add(bias);
    }

    /** How much queries [B, D] attend to each of the tokens [B, N, D], the mean over heads: float32 [B, 1, N], in sum 1. */
    Tensor weights(Tensor queries, Tensor tokens) {
        return shares(queries, tokens).to(DType.FLOAT32).mean(true, 1);
    }

    /** {@code softmax(q·kᵀ / √d)}: [B, H, N]; of bfloat16 float32, as in the fused kernels. */
    private Tensor shares(Tensor queries, Tensor tokens) {
        Tensor keys = byHead(layer.weight(keysAt, features));
        Tensor scaled = queries.mul(1 / Math.sqrt((double) features / heads)).to(keys.dtype());
        Tensor folded = scaled.view(queries.size(0), heads, features / heads)
                .transpose(0, 1)
                .matmul(keys);
        Tensor scores = folded.transpose(0, 1).matmul(tokens.to(keys.dtype()).transpose(1, 2));
        return (scores.dtype() == DType.BFLOAT16 ? scores.to(DType.FLOAT32) : scores).softmax(-1);
    }

    /** [D, D] to [H, d, D]. */
    private Tensor byHead(Tensor weight) {
        return weight.view(heads, features / heads, features);
    }
}

package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Multi-head self-attention (Vaswani et al. 2017) with one product for queries, keys and values. */
public final class Attention {

    private final Linear qkv;
    private final Linear proj;
    private final int heads;

    public Attention(Names names, int features, int heads, Init weightInit) {
        this.qkv = new Linear(names.in("qkv"), features, 3L * features, weightInit, Init.ZEROS);
        this.proj = new Linear(names.in("proj"), features, features, weightInit, Init.ZEROS);
        this.heads = heads;
    }

    /** Maps tokens [B, N, D] to [B, N, D]. */
    public Tensor forward(Tensor x) {
        long[] shape = x.shape();
        long batch = shape[0];
        long tokens = shape[1];
        long features = shape[2];
        Tensor[] parts = qkv.forward(x)
                .reshape(batch, tokens, 3, heads, features / heads)
                .permute(2, 0, 3, 1, 4)
                .unbind(0);
        Tensor mixed = Functions.attention(parts[0], parts[1], parts[2]);
        return proj.forward(mixed.transpose(1, 2).reshape(batch, tokens, features));
    }
}

package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.nn.RotaryPositions;
import org.osler.nn.TransformerBlock;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * The attention of all layers of one pass, followed from the pooled vector back to the first tokens: each layer hands on
 * {@code ½·A + ½·I}, A being the mean attention of its heads, because half of what a block gives is what it was given
 * (Abnar and Zuidema 2020, arXiv 2005.00928).
 */
final class AttentionRollout {

    private static final double HALF = 0.5;

    private final List<Tensor> layers = new ArrayList<>();

    /** Passes tokens {@code [B, N, D]} through a block and notes its attention; {@code positions} may be null. */
    Tensor through(TransformerBlock block, Tensor tokens, RotaryPositions positions) {
        try (Scope scope = Scope.open()) {
            // Of each head there are N² numbers; only their mean is kept.
            layers.add(scope.handOver(block.attention(tokens, positions)));
        }
        return block.forward(tokens, positions);
    }

    /**
     * Goes back from the last layer's tokens to the first's.
     *
     * @param pooling how much each of the last tokens counts in the pooled vector, {@code [B, 1, N]}, in sum 1
     * @return how much each of the first does, {@code [B, 1, N]}, in sum 1
     */
    Tensor back(Tensor pooling) {
        Tensor shares = pooling;
        for (int i = layers.size() - 1; i >= 0; i--) {
            shares = shares.matmul(layers.get(i)).add(shares).mul(HALF);
        }
        return shares;
    }

    /**
     * How much each token counts before a block behind which the first one is all.
     *
     * @param attention of the first token, {@code [B, 1, N]}, in sum 1
     * @return {@code [B, 1, N]}, in sum 1
     */
    static Tensor ofFirstToken(Tensor attention) {
        float[] first = new float[(int) attention.size(2)];
        first[0] = 1;
        return attention
                .add(Tensors.of(first, 1, 1, first.length).to(attention.device()))
                .mul(HALF);
    }

    /** The patches' part of {@code shares} {@code [B, 1, prefix + grid²]}: {@code [B, grid, grid]}. */
    static Tensor ofPatches(Tensor shares, int prefix, int grid) {
        return shares.narrow(2, prefix, (long) grid * grid).reshape(shares.size(0), grid, grid);
    }
}

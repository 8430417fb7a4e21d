package org.osler.encoder;

import java.util.List;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Learned position embeddings brought to another grid of patches, as timm does it: bicubic, antialiased, float32. */
final class PositionEmbedding {

    private PositionEmbedding() {}

    /**
     * Resamples the tokens of a square grid.
     *
     * @param tokens [1, prefix + n², D]; returned as they are if n is already {@code grid}, or n² is no square
     * @param prefix tokens before the grid's, which are kept
     * @return [1, prefix + grid², D]
     */
    static Tensor ofTokens(Tensor tokens, int prefix, int grid) {
        long[] shape = tokens.shape();
        long patches = shape[1] - prefix;
        long side = Math.round(Math.sqrt((double) patches));
        if (side == grid || side * side != patches) {
            return tokens;
        }
        Tensor square = tokens.narrow(1, prefix, patches).reshape(1, side, side, shape[2]);
        Tensor resampled = ofGrid(square, grid).reshape(1, (long) grid * grid, shape[2]);
        return prefix == 0 ? resampled : Functions.cat(List.of(tokens.narrow(1, 0, prefix), resampled), 1);
    }

    /** Resamples [1, n, n, D] to [1, grid, grid, D]. */
    static Tensor ofGrid(Tensor square, int grid) {
        return square.size(1) == grid
                ? square
                : Functions.resizeBicubic(square.to(DType.FLOAT32).permute(0, 3, 1, 2), grid, grid)
                        .permute(0, 2, 3, 1)
                        .to(square.dtype());
    }
}

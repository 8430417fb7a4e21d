package org.osler.nn;

import java.util.ArrayList;
import java.util.List;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Placement;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * Self-attention over a square of tokens with relative positions that are decomposed into rows and columns (Li et al.
 * 2021, arXiv 2112.01526): {@code softmax(q·kᵀ / √d + q·R_row + q·R_column)·v}.
 *
 * <p>Tables are learned for a square of one side, [2·side − 1, d], and resampled linearly for others.
 */
public final class RelativeAttention {

    /**
     * Pairs of tokens whose biases are held at once: 256 MB of them. All pairs of one image are many already: 200
     * million at 1024 pixels.
     */
    private static final long MOST_PAIRS = 1L << 26;

    private final Linear qkv;
    private final Linear proj;
    private final Tensor rows;
    private final Tensor columns;
    private final int heads;

    /**
     * Declares the layers.
     *
     * @param side tokens along a side that the tables are made for
     */
    public RelativeAttention(Names names, int features, int heads, int side, LinearInit init) {
        this.rows = names.parameter("rel_pos_h", Init.ZEROS, 2L * side - 1, features / heads);
        this.columns = names.parameter("rel_pos_w", Init.ZEROS, 2L * side - 1, features / heads);
        this.qkv = init.linear(names.in("qkv"), features, 3L * features);
        this.proj = init.linear(names.in("proj"), features, features);
        this.heads = heads;
    }

    /** Maps squares of tokens [B, S, S, D] to the same shape. */
    public Tensor forward(Tensor x) {
        long[] shape = x.shape();
        long tokens = shape[1] * shape[2];
        long atOnce = Math.max(1, MOST_PAIRS / (heads * tokens * tokens));
        if (shape[0] <= atOnce) {
            return attend(x);
        }
        List<Tensor> parts = new ArrayList<>();
        for (long from = 0; from < shape[0]; from += atOnce) {
            long start = from;
            parts.add(Scope.of(() -> attend(x.narrow(0, start, Math.min(atOnce, shape[0] - start)))));
        }
        return Functions.cat(parts, 0);
    }

    private Tensor attend(Tensor x) {
        long[] shape = x.shape();
        int side = (int) shape[1];
        Tensor[] parts = Attention.split(qkv.forward(x.reshape(shape[0], (long) side * side, shape[3])), 3, heads);
        Tensor mixed = Scope.of(() -> {
            Tensor bias = Scope.of(() -> bias(parts[0], side));
            return Functions.attention(parts[0], parts[1], parts[2], bias);
        });
        return proj.forward(Attention.join(mixed)).view(shape);
    }

    /** What positions add to the attention of queries [B, H, S², d]: [B, H, S², S²]. */
    private Tensor bias(Tensor queries, int side) {
        long[] shape = queries.shape();
        long all = shape[0] * shape[1];
        Tensor square = queries.reshape(all, side, side, shape[3]);
        Tensor byRow = alongAxis(1, square, table(rows, side, queries.dtype()));
        Tensor byColumn = alongAxis(2, square, table(columns, side, queries.dtype()));
        return byRow.reshape(all, side, side, side, 1)
                .add(byColumn.reshape(all, side, side, 1, side))
                .view(shape[0], shape[1], (long) side * side, (long) side * side);
    }

    /**
     * Products of queries [A, S, S, d] with the vectors [S, S, d] that belong to their place along one axis, one batch for
     * each place: [A, S, S, S].
     */
    private static Tensor alongAxis(int axis, Tensor square, Tensor vectors) {
        Tensor placeFirst = square.transpose(0, axis);
        long[] shape = placeFirst.shape();
        return placeFirst
                .reshape(shape[0], shape[1] * shape[2], shape[3])
                .matmul(vectors.transpose(1, 2))
                .view(shape[0], shape[1], shape[2], shape[0])
                .transpose(0, axis)
                .contiguous();
    }

    /** The vector of each pair of places along one axis: [S, S, d]. */
    private static Tensor table(Tensor learned, int side, DType type) {
        long length = 2L * side - 1;
        Tensor resampled = learned.size(0) == length
                ? learned
                : Functions.resizeLinear(learned.transpose(0, 1).reshape(1, learned.size(1), learned.size(0)), length)
                        .view(learned.size(1), length)
                        .transpose(0, 1);
        long[] distances = new long[side * side];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                distances[i * side + j] = i - j + side - 1L;
            }
        }
        return resampled
                .to(type)
                .indexSelect(0, Placement.send(Tensors.of(distances, distances.length), learned.device()))
                .view(side, side, learned.size(1));
    }
}

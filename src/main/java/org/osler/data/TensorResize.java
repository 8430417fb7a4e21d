package org.osler.data;

import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Placement;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.tensor.WholeNumbers;

/**
 * PIL's resizing by operators on tensors, for graphics cards: bit for bit what {@link PilBilinear} and {@link PilNearest}
 * give. Images are uint8, [B, H, W, C].
 */
final class TensorResize {

    private static final int ROWS = 1;
    private static final int COLUMNS = 2;

    private TensorResize() {}

    /** As {@link PilBilinear}. */
    static Tensor bilinear(Tensor images, int height, int width) {
        return mixed(mixed(images, COLUMNS, width), ROWS, height);
    }

    /** As {@link PilNearest}. */
    static Tensor nearest(Tensor images, int height, int width) {
        return chosen(chosen(images, COLUMNS, width), ROWS, height);
    }

    /** One pass along a dimension: in whole numbers, rounded to bytes, as PIL computes. */
    private static Tensor mixed(Tensor images, int dim, int to) {
        int from = (int) images.size(dim);
        if (from == to) {
            return images;
        }
        long[][] table = table(PilWeights.of(from, to), from);
        Tensor sent = sent(images.device(), table);
        long[] alongDim = {1, 1, 1, 1};
        alongDim[dim] = to;
        Tensor sum = null;
        for (int tap = 0; tap < table.length; tap += 2) {
            Tensor weights = sent.select(0, tap + 1).to(DType.INT32).view(alongDim);
            Tensor part =
                    images.indexSelect(dim, sent.select(0, tap)).to(DType.INT32).mul(weights);
            if (sum == null) {
                sum = part;
            } else {
                sum.addInPlace(part);
            }
        }
        sum.addInPlace(PilWeights.HALF);
        return WholeNumbers.bytes(sum, PilWeights.PLACES);
    }

    /** For each tap two lines: the pixels that it takes, and what it multiplies them by. */
    private static long[][] table(PilWeights weights, int from) {
        int most = 0;
        for (int i = 0; i < weights.count(); i++) {
            most = Math.max(most, weights.taps(i).length);
        }
        long[][] table = new long[2 * most][weights.count()];
        for (int i = 0; i < weights.count(); i++) {
            int[] taps = weights.taps(i);
            for (int tap = 0; tap < most; tap++) {
                table[2 * tap][i] = Math.min(weights.first(i) + tap, from - 1);
                table[2 * tap + 1][i] = tap < taps.length ? taps[tap] : 0;
            }
        }
        return table;
    }

    private static Tensor chosen(Tensor images, int dim, int to) {
        int from = (int) images.size(dim);
        if (from == to) {
            return images;
        }
        int[] nearest = PilNearest.nearest(from, to);
        long[] index = new long[to];
        for (int i = 0; i < to; i++) {
            index[i] = nearest[i];
        }
        return images.indexSelect(dim, sent(images.device(), index).select(0, 0));
    }

    private static Tensor sent(Device device, long[]... lines) {
        int length = lines[0].length;
        long[] all = new long[lines.length * length];
        for (int i = 0; i < lines.length; i++) {
            System.arraycopy(lines[i], 0, all, i * length, length);
        }
        return Placement.send(Tensors.of(all, lines.length, length), device);
    }
}

package org.osler.nn;

import java.util.Arrays;
import java.util.List;
import org.osler.tensor.ComplexProduct;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * Rotary position embeddings of a square grid of patches (Su et al. 2021, arXiv 2104.09864): pairs of a query's or key's
 * features are turned by angles that grow with the patch's row, for the first half of the pairs, and column, for the
 * second. Tokens before the patches are left as they are.
 */
public final class RotaryPositions {

    /** Which features form a pair. */
    public enum Pairs {
        /** Features 2i and 2i + 1. */
        NEIGHBOURS,
        /** Features i and d / 2 + i. */
        HALVES
    }

    /** The angle of one pair at one place along one axis. */
    @FunctionalInterface
    public interface Angles {

        /**
         * In radians.
         *
         * @param place row or column, from 0
         * @param band which of the d / 4 frequencies
         */
        double at(int place, int band);
    }

    private final Tensor cos;
    private final Tensor sin;
    private final Pairs pairs;

    /**
     * Computes the table.
     *
     * @param names where the table is kept; it is no part of weight files
     * @param grid patches along a side
     * @param headFeatures d, features of a head, a multiple of 4
     * @param prefix tokens before the patches
     */
    public RotaryPositions(Names names, int grid, int headFeatures, int prefix, Pairs pairs, Angles angles) {
        int bands = headFeatures / 4;
        int tokens = prefix + grid * grid;
        float[] cosines = new float[tokens * 2 * bands];
        float[] sines = new float[cosines.length];
        int i = prefix * 2 * bands;
        Arrays.fill(cosines, 0, i, 1); // turned by nothing
        for (int patch = 0; patch < grid * grid; patch++) {
            for (int pair = 0; pair < 2 * bands; pair++, i++) {
                double angle = angles.at(pair < bands ? patch / grid : patch % grid, pair % bands);
                cosines[i] = (float) Math.cos(angle);
                sines[i] = (float) Math.sin(angle);
            }
        }
        this.cos = names.constant(cosines, tokens, 2L * bands);
        this.sin = names.constant(sines, tokens, 2L * bands);
        this.pairs = pairs;
    }

    /** Turns queries or keys [B, H, prefix + grid², d]. */
    Tensor turn(Tensor x) {
        return pairs == Pairs.NEIGHBOURS && x.dtype() == DType.FLOAT32
                ? ComplexProduct.ofNeighbours(x, cos, sin)
                : Scope.of(() -> turnInParts(x));
    }

    private Tensor turnInParts(Tensor x) {
        long[] shape = x.shape();
        long half = shape[3] / 2;
        // One of the two axes [.., 2, d / 2] and [.., d / 2, 2] is that of a pair's two features.
        int axis = pairs == Pairs.HALVES ? 3 : 4;
        Tensor both = pairs == Pairs.HALVES
                ? x.reshape(shape[0], shape[1], shape[2], 2, half)
                : x.reshape(shape[0], shape[1], shape[2], half, 2);
        Tensor a = both.select(axis, 0);
        Tensor b = both.select(axis, 1);
        Tensor turnedA = a.mul(cos).sub(b.mul(sin));
        Tensor turnedB = b.mul(cos).add(a.mul(sin));
        return Functions.stack(List.of(turnedA, turnedB), axis).view(shape).to(x.dtype());
    }
}

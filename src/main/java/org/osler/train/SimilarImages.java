package org.osler.train;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.osler.data.Split;
import org.osler.data.review.Cause;
import org.osler.data.review.Link;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * Near-identical images of different splits: the cosine of their whitened features is above a threshold.
 *
 * <p>Features of one encoder and one kind of image all point the same way, so their cosines are high whatever is on the
 * images, and how high differs between encoders. Whitened ones (the training features' mean subtracted, projected onto their
 * first principal components, each divided by its standard deviation) of unrelated images have cosines around 0, with a
 * standard deviation of about 1/√K for K components. {@code docs/audit.md} tells what that finds, and how often wrongly.
 */
public final class SimilarImages {

    /** Cosine from which on two images count as near-identical. */
    public static final double THRESHOLD = 0.75;

    /** The most components that are kept. */
    private static final int MOST_COMPONENTS = 256;

    /**
     * Added to every component's variance, in parts of their mean: those of the smallest variance are noise, and with few
     * training images the more so.
     */
    private static final double SHRINKAGE = 0.03;

    private static final int ROWS = 1024;
    private static final int COLUMNS = 8192;

    private final double threshold;
    private final LongConsumer done;
    private final List<Link> links = new ArrayList<>();

    private SimilarImages(double threshold, LongConsumer done) {
        this.threshold = threshold;
        this.done = done;
    }

    /**
     * Finds them. What is held beside the features is bounded, however many images there are.
     *
     * @param features float32 {@code [N, D]} of each split
     * @param threshold cosine of whitened features, above −1, at most 1
     * @param done hears how many more images of validation and test were compared with those of another split
     * @return links of the cause {@link Cause#SIMILAR}
     */
    public static List<Link> of(Map<Split, Tensor> features, double threshold, LongConsumer done) {
        var found = new SimilarImages(threshold, done);
        try (Scope scope = Scope.open()) {
            Whitening whitening = Whitening.of(features.get(Split.TRAIN));
            for (Link.Between between : Link.Between.ALL) {
                found.compare(between, features.get(between.later()), features.get(between.earlier()), whitening);
            }
        }
        return List.copyOf(found.links);
    }

    /** How many images {@link #of} tells of. */
    public static long steps(Map<Split, Integer> counts) {
        return Link.Between.ALL.stream()
                .mapToLong(between -> counts.get(between.later()))
                .sum();
    }

    private void compare(Link.Between between, Tensor later, Tensor earlier, Whitening whitening) {
        int count = Math.toIntExact(later.size(0));
        int others = Math.toIntExact(earlier.size(0));
        for (int row = 0; row < count; row += ROWS) {
            int rows = Math.min(ROWS, count - row);
            Nearest[] nearest = new Nearest[rows];
            try (Scope scope = Scope.open()) {
                Tensor queries = whitening.apply(later.narrow(0, row, rows));
                for (int column = 0; column < others; column += COLUMNS) {
                    int columns = Math.min(COLUMNS, others - column);
                    try (Scope block = Scope.open()) {
                        Tensor targets = whitening.apply(earlier.narrow(0, column, columns));
                        look(queries.matmul(targets.transpose(0, 1)).contiguous(), column, nearest);
                    }
                }
            }
            for (int i = 0; i < rows; i++) {
                if (nearest[i] != null) {
                    links.add(new Link(
                            Cause.SIMILAR,
                            between.later(),
                            row + i,
                            between.earlier(),
                            nearest[i].partner(),
                            nearest[i].count(),
                            Math.min(1, nearest[i].cosine())));
                }
            }
            done.accept(rows);
        }
    }

    /** The most similar image so far, and how many are above the threshold. */
    private record Nearest(int partner, float cosine, int count) {}

    private void look(Tensor cosines, int firstColumn, Nearest... nearest) {
        int columns = Math.toIntExact(cosines.size(1));
        FloatBuffer values = cosines.bytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int i = 0; i < nearest.length; i++) {
            for (int j = 0; j < columns; j++) {
                float cosine = values.get(i * columns + j);
                if (cosine >= threshold) {
                    Nearest before = nearest[i];
                    nearest[i] = before == null || cosine > before.cosine
                            ? new Nearest(firstColumn + j, cosine, before == null ? 1 : before.count + 1)
                            : new Nearest(before.partner, before.cosine, before.count + 1);
                }
            }
        }
    }

    /**
     * Makes features comparable.
     *
     * @param mean {@code [1, D]}
     * @param projection {@code [D, K]}
     */
    private record Whitening(Tensor mean, Tensor projection) {

        /** From training features {@code [N, D]}; in float64, as small variances are differences of large sums. */
        static Whitening of(Tensor train) {
            int count = Math.toIntExact(train.size(0));
            Tensor sum = Tensors.zeros(DType.FLOAT64, 1, train.size(1));
            Tensor squares = Tensors.zeros(DType.FLOAT64, train.size(1), train.size(1));
            for (int from = 0; from < count; from += COLUMNS) {
                try (Scope block = Scope.open()) {
                    Tensor part = train.narrow(0, from, Math.min(COLUMNS, count - from))
                            .to(DType.FLOAT64);
                    sum.addInPlace(part.sum(true, 0));
                    squares.addInPlace(part.transpose(0, 1).matmul(part));
                }
            }
            Tensor centre = sum.div(count);
            Tensor covariance = squares.div(count).sub(centre.transpose(0, 1).matmul(centre));
            Functions.Eigen eigen = Functions.symmetricEigen(covariance);
            double[] variances = eigen.values().toDoubles();
            int kept = Math.max(1, Math.min(MOST_COMPONENTS, Math.min(variances.length, count - 1)));
            int first = variances.length - kept;
            double mean =
                    Arrays.stream(variances, first, variances.length).average().orElseThrow();
            float[] scale = new float[kept];
            for (int k = 0; k < kept; k++) {
                // Without any variance all images are the same: the scale does not matter.
                double variance = Math.max(variances[first + k], 0) + SHRINKAGE * mean;
                scale[k] = (float) (1 / Math.sqrt(Math.max(variance, Double.MIN_NORMAL)));
            }
            Tensor components = eigen.vectors().narrow(1, first, kept).to(DType.FLOAT32);
            return new Whitening(centre.to(DType.FLOAT32), components.mul(Tensors.of(scale, 1, kept)));
        }

        /** Whitened features of length 1, {@code [n, K]}. */
        Tensor apply(Tensor features) {
            Tensor white = features.sub(mean).matmul(projection);
            double[] squares = white.mul(white).sum(false, 1).toDoubles();
            float[] inverse = new float[squares.length];
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] = squares[i] == 0 ? 0 : (float) (1 / Math.sqrt(squares[i]));
            }
            return white.mul(Tensors.of(inverse, inverse.length, 1));
        }
    }
}

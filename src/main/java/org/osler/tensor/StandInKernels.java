package org.osler.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * What libtorch's {@code meta} device lacks kernels for, put together from what it has: the same shapes and types, and
 * every tensor has a part in the result, so that gradients reach it. See {@link Device#STAND_IN}; no value means anything.
 */
final class StandInKernels {

    private StandInKernels() {}

    /** Whether a tensor is one of those without values. */
    static boolean serve(Tensor x) {
        return x.handle().is_meta();
    }

    /** As {@link Functions#conv2d}. */
    static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long groups) {
        if (weight.size(1) * groups != x.size(1) || x.dtype() != weight.dtype()) {
            throw new IllegalArgumentException("a convolution of " + weight.size(1) * groups + " channels, "
                    + weight.dtype() + ", of " + x.size(1) + " channels, " + x.dtype());
        }
        Tensor padded = Functions.pad2d(x, padding, padding, padding, padding, 0);
        Tensor windows = Functions.averagePool2d(padded.mean(true, 1), weight.size(2), stride);
        Tensor product = windows.mul(weight.mean(false, 1, 2, 3).view(1, weight.size(0), 1, 1));
        return bias == null ? product : product.add(bias.view(1, weight.size(0), 1, 1));
    }

    /** As {@link Functions#batchNorm}. */
    static Tensor batchNorm(
            Tensor x, Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, boolean training) {
        long channels = x.size(1);
        if (training) {
            runningMean.addInPlace(x.detach().mean(false, 0, 2, 3).mul(runningVariance));
        }
        return x.sub(runningMean.view(1, channels, 1, 1))
                .mul(weight.view(1, channels, 1, 1))
                .add(bias.view(1, channels, 1, 1))
                .to(x.dtype());
    }

    /** As {@link Functions#layerNorm}. */
    static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias) {
        return x.sub(x.mean(true, -1)).mul(weight).add(bias).to(x.dtype());
    }

    /** As {@link Functions#attention(Tensor, Tensor, Tensor)}. */
    static Tensor attention(Tensor q, Tensor k, Tensor v) {
        return BFloat16Attention.byProducts(q, k, v);
    }

    /** As {@link Tensor#indexSelect}. */
    static Tensor indexSelect(Tensor x, int dim, Tensor index) {
        long[] shape = new long[x.shape().length];
        Arrays.fill(shape, 1);
        shape[dim] = index.count();
        Tensor chosen =
                x.to(DType.FLOAT32).mean(true, dim).mul(index.to(DType.FLOAT32).view(shape));
        return chosen.to(x.dtype());
    }

    /** As {@link ComplexProduct#ofNeighbours}. */
    static Tensor complexProduct(Tensor x, Tensor real, Tensor imaginary) {
        return x.mul(real.mean(true, -1)).add(imaginary.mean(true, -1));
    }

    /** As {@link Tensor#relu}. */
    static Tensor relu(Tensor x) {
        return Functions.silu(x);
    }

    /** As {@link Functions#binaryCrossEntropyOfEach}. */
    static Tensor binaryCrossEntropyOfEach(Tensor logits, Tensor targets) {
        return logits.mul(targets);
    }

    /** As {@link Functions#adaptiveAveragePool2d}. */
    static Tensor adaptiveAveragePool2d(Tensor x, long height, long width) {
        return x.mean(true, 2, 3).expand(x.size(0), x.size(1), height, width);
    }

    /** As a step of {@link Adam}. */
    static void adam(
            List<Tensor> parameters, List<Tensor> gradients, List<Tensor> first, List<Tensor> second, Tensor steps) {
        for (int i = 0; i < parameters.size(); i++) {
            first.get(i).addInPlace(gradients.get(i).mul(steps));
            second.get(i).addInPlace(gradients.get(i).mul(steps));
            parameters.get(i).detach().addInPlace(first.get(i).mul(second.get(i)));
        }
    }
}

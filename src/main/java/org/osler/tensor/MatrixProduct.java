package org.osler.tensor;

import java.util.function.Supplier;

/**
 * How fast this machine multiplies matrices, measured: what encoders spend nearly all their time on, so the most that
 * one can hope for.
 *
 * @param size both matrices are size × size
 * @param route which of libtorch's ways was the fastest
 * @param gflops thousand million additions and multiplications a second: 2 · size³ for one product
 */
public record MatrixProduct(int size, String route, double gflops) {

    private static final int SIZE = 2048;

    /** A card is done with smaller ones before it is fully at work. */
    private static final int SIZE_ON_CARD = 8192;

    private static final int REPEATS = 4;

    /** Measures the ways there are, the best of a few repeats each; takes a second or two. */
    public static MatrixProduct measure(Precision precision) {
        return measure(precision, Device.CPU);
    }

    /** The same on a device. */
    public static MatrixProduct measure(Precision precision, Device device) {
        return device.isCpu() ? onProcessor(precision.type()) : onCard(precision.type(), device);
    }

    private static MatrixProduct onCard(DType type, Device card) {
        try (Scope scope = Scope.open()) {
            // Not of one value alone: a card draws less power on such and runs faster.
            Tensor row = Tensors.of(values(), 1, SIZE_ON_CARD).to(card).to(type);
            Tensor a = row.transpose(0, 1).matmul(row);
            return new MatrixProduct(SIZE_ON_CARD, "matmul", best(SIZE_ON_CARD, card, () -> a.matmul(a)));
        }
    }

    private static float[] values() {
        float[] values = new float[SIZE_ON_CARD];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i * (double) i);
        }
        return values;
    }

    private static MatrixProduct onProcessor(DType type) {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensors.full(0.5, type, SIZE, SIZE);
            Tensor b = Tensors.full(0.25, type, SIZE, SIZE);
            double product = best(SIZE, Device.CPU, () -> a.matmul(b));
            // The same numbers as SIZE pixels of SIZE channels each, which goes to oneDNN.
            Tensor pixels = a.view(1, SIZE, 1, SIZE).permute(0, 3, 1, 2);
            Tensor kernel = b.view(SIZE, SIZE, 1, 1).channelsLast();
            double convolution = best(SIZE, Device.CPU, () -> Functions.conv2d(pixels, kernel, null, 1, 0, 1));
            return product >= convolution
                    ? new MatrixProduct(SIZE, "matmul", product)
                    : new MatrixProduct(SIZE, "1×1 convolution", convolution);
        }
    }

    private static double best(int size, Device device, Supplier<Tensor> product) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i <= REPEATS; i++) {
            try (Scope scope = Scope.open()) {
                long start = System.nanoTime();
                Autograd.off(product);
                device.await();
                long time = System.nanoTime() - start;
                shortest = i == 0 ? shortest : Math.min(shortest, time); // the first warms up
            }
        }
        return 2.0 * size * size * size / shortest;
    }
}

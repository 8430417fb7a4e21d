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

    /** What is tried first, of every way. */
    private static final int FIRST_SIZE = 256;

    /** A way that is slower by more than this at the first size is not the fastest at the full one. */
    private static final int MOST_TIMES_SLOWER = 8;

    /** At fewer GFLOP/s the full size takes too long. */
    private static final double SLOW = 10;

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
        double product = product(type, FIRST_SIZE);
        double convolution = convolution(type, FIRST_SIZE);
        double best = Math.max(product, convolution);
        // Without instructions for a type, some ways are so slow that the full size would take minutes.
        int size = best < SLOW ? FIRST_SIZE : SIZE;
        if (size == SIZE) {
            product = product < best / MOST_TIMES_SLOWER ? 0 : product(type, size);
            convolution = convolution < best / MOST_TIMES_SLOWER ? 0 : convolution(type, size);
        }
        return product >= convolution
                ? new MatrixProduct(size, "matmul", product)
                : new MatrixProduct(size, "1×1 convolution", convolution);
    }

    private static double product(DType type, int size) {
        try (Scope scope = Scope.open()) {
            Tensor a = Tensors.full(0.5, type, size, size);
            Tensor b = Tensors.full(0.25, type, size, size);
            return best(size, Device.CPU, () -> a.matmul(b));
        }
    }

    /** The same numbers as pixels of as many channels each, which goes to oneDNN. */
    private static double convolution(DType type, int size) {
        try (Scope scope = Scope.open()) {
            Tensor pixels = Tensors.full(0.5, type, 1, size, 1, size).permute(0, 3, 1, 2);
            Tensor kernel = Tensors.full(0.25, type, size, size, 1, 1).channelsLast();
            return best(size, Device.CPU, () -> Functions.conv2d(pixels, kernel, null, 1, 0, 1));
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

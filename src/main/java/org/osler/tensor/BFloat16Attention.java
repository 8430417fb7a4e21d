package org.osler.tensor;

/**
 * Which way to compute attention in bfloat16, on processors with instructions for it. libtorch's fused kernel is the quick one where its products run through
 * MKL or AMX; on processors without either it was seen to take 38 times as long as two products and a softmax. So both
 * are timed once, and the fused kernel is left only where it loses clearly, that the choice is the same at every start.
 */
final class BFloat16Attention {

    private static final double CLEARLY = 3;
    private static final int TRIES = 3;

    private BFloat16Attention() {}

    /** The choice, made when it is first asked for. */
    private static final class Choice {
        private static final boolean BY_PRODUCTS = productsWin();

        private Choice() {}
    }

    /** Whether products are clearly faster here than the fused kernel. */
    static boolean byProducts() {
        return Choice.BY_PRODUCTS;
    }

    /** {@code softmax(q·kᵀ / √d)·v} one after the other. */
    static Tensor byProducts(Tensor q, Tensor k, Tensor v) {
        return q.mul(1 / Math.sqrt((double) q.size(-1)))
                .matmul(k.transpose(-2, -1))
                .softmax(-1)
                .matmul(v);
    }

    /** Times both on an image's worth of ViT-Small; the best of a few, since others may use the machine. */
    private static boolean productsWin() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.full(0.1, DType.BFLOAT16, 1, 6, 197, 64);
            double fused = Double.POSITIVE_INFINITY;
            double products = Double.POSITIVE_INFINITY;
            for (int i = 0; i <= TRIES; i++) { // the first of each warms up, and is never the best
                fused = Math.min(fused, seconds(() -> Functions.fusedAttention(x, x, x)));
                products = Math.min(products, seconds(() -> byProducts(x, x, x)));
            }
            return products * CLEARLY < fused;
        }
    }

    private static double seconds(Runnable computation) {
        long start = System.nanoTime();
        Autograd.off(computation);
        return (System.nanoTime() - start) / 1e9;
    }
}

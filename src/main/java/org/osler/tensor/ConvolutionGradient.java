package org.osler.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The gradient of a convolution's weight as products of matrices:
 *
 * <pre>∂W [O, k·k·C] = Σ dyᵀ [O, pixels] · windows [pixels, k·k·C]</pre>
 *
 * the windows of the input laid side by side, as many pixels at a time as stay in the processor's cache. For processors
 * without AVX-512 oneDNN's own kernels take up to four times as long (one core of an EPYC with AVX2: VGG16's layers 15 to 54
 * GFLOP/s, these products 40 to 80; ResNet-18's 42 to 63 and 59 to 83).
 */
final class ConvolutionGradient {

    /** The most bytes of windows at a time, but for a single row of pixels. */
    private static final long AT_ONCE = 4L << 20;

    private final long kernel;
    private final long stride;
    private final long padding;

    ConvolutionGradient(long kernel, long stride, long padding) {
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
    }

    /**
     * The gradient with respect to the weight, in the innermost scope.
     *
     * @param x what the convolution saw, float32 [B, C, H, W]
     * @param dy the gradient with respect to what it gave, float32 [B, O, H', W']
     * @return [O, C, k, k]
     */
    Tensor ofWeight(Tensor x, Tensor dy) {
        long channels = x.size(1);
        try (Scope scope = Scope.open()) {
            Tensor pixels = x.detach().permute(0, 2, 3, 1).contiguous();
            Tensor gradient = dy.detach().permute(0, 2, 3, 1).contiguous();
            Tensor sum = Tensors.zeros(DType.FLOAT32, gradient.size(3), kernel * kernel * channels);
            addAll(pixels, gradient, sum);
            Tensor weight = sum.view(gradient.size(3), kernel, kernel, channels).permute(0, 3, 1, 2);
            return scope.handOver(weight);
        }
    }

    private Tensor padded(Tensor x) {
        return padding == 0 ? x : Functions.padMaps(x, padding);
    }

    /**
     * Adds everything up, whole images at a time where they are small, else some rows of one.
     *
     * @param x [B, H, W, C]
     * @param dy [B, H', W', O]
     * @param sum [O, k·k·C]
     */
    private void addAll(Tensor x, Tensor dy, Tensor sum) {
        long images = dy.size(0);
        long rows = dy.size(1);
        long rowBytes = dy.size(2) * kernel * kernel * x.size(3) * Float.BYTES;
        long rowsAtOnce = Math.max(1, Math.min(rows, AT_ONCE / rowBytes));
        long imagesAtOnce = rowsAtOnce < rows ? 1 : Math.max(1, Math.min(images, AT_ONCE / (rowBytes * rows)));
        for (long image = 0; image < images; image += imagesAtOnce) {
            long some = Math.min(imagesAtOnce, images - image);
            try (Scope scope = Scope.open()) {
                Tensor padded = padded(x.narrow(0, image, some));
                Tensor gradient = dy.narrow(0, image, some);
                for (long row = 0; row < rows; row += rowsAtOnce) {
                    add(padded, gradient, sum, row, Math.min(rowsAtOnce, rows - row));
                }
            }
        }
    }

    private void add(Tensor x, Tensor dy, Tensor sum, long row, long rows) {
        try (Scope scope = Scope.open()) {
            Tensor windows = windows(x, row, rows, dy.size(2));
            Tensor gradient = dy.narrow(1, row, rows).reshape(windows.size(0), dy.size(3));
            torch.addmm_out(sum.handle(), sum.handle(), gradient.transpose(0, 1).handle(), windows.handle());
        }
    }

    /** What the kernel covers for each pixel of some rows of some images, [n, H, W, C]: [pixels, k·k·C]. */
    private Tensor windows(Tensor x, long row, long rows, long columns) {
        long images = x.size(0);
        long channels = x.size(3);
        long line = x.size(2) * channels;
        long[] size = {images, rows, columns, kernel, kernel * channels};
        long[] strides = {x.size(1) * line, stride * line, stride * channels, line, 1};
        long first = x.handle().storage_offset() + row * stride * line;
        var view = x.handle().as_strided(size, strides, new LongOptional(first));
        return new Tensor(view).reshape(images * rows * columns, kernel * kernel * channels);
    }
}

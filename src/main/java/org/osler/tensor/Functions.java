package org.osler.tensor;

import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Operators of several tensors, under libtorch's names. B batch, N tokens, C channels, D features, H heads. */
public final class Functions {

    private static final long NO_REDUCTION = 0;
    private static final long MEAN = 1;
    private static final long NO_IGNORED_CLASS = -100;

    private Functions() {}

    /** {@code x·Wᵀ + b}: [..., in] to [..., out] with W [out, in]; {@code bias} may be null. */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        assert Together.on(x, weight, bias);
        if (BFloat16Products.serve(x)) {
            return BFloat16Products.inFloat32(f -> linear(f[0], f[1], f[2]), x, weight, bias);
        }
        return new Tensor(torch.linear(x.handle(), weight.handle(), optional(bias)));
    }

    /**
     * Convolution of [B, C, H, W] with [out, C / groups, k, k]; the same stride and zero padding on both axes. Each of
     * {@code groups} equal parts of the output sees its own part of the input only. {@code bias} may be null.
     */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long groups) {
        return conv2d(x, weight, bias, stride, padding, groups, Activation.NONE);
    }

    /** The same, followed by an activation. */
    public static Tensor conv2d(
            Tensor x, Tensor weight, Tensor bias, long stride, long padding, long groups, Activation activation) {
        assert Together.on(x, weight, bias);
        if (StandInKernels.serve(x)) {
            return activation.over(StandInKernels.conv2d(x, weight, bias, stride, padding, groups));
        }
        return GradientTape.takes(x, weight, bias, padding, groups)
                ? GradientTape.record(x, weight, bias, stride, padding, activation)
                : activation.over(Convolution.of(x, weight, bias, stride, padding, groups));
    }

    /** Maximum over k × k windows of [B, C, H, W]. */
    public static Tensor maxPool2d(Tensor x, long kernel, long stride, long padding) {
        return new Tensor(torch.max_pool2d(
                x.handle(),
                new long[] {kernel, kernel},
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                false));
    }

    /** Mean over k × k windows of [B, C, H, W], side by side; what does not fill a window is left out. */
    public static Tensor averagePool2d(Tensor x, long kernel) {
        return averagePool2d(x, kernel, kernel);
    }

    static Tensor averagePool2d(Tensor x, long kernel, long stride) {
        return new Tensor(torch.avg_pool2d(
                x.handle(),
                new long[] {kernel, kernel},
                new long[] {stride, stride},
                new long[] {0, 0},
                false,
                true,
                new LongOptional()));
    }

    /** Mean over height × width windows that cover [B, C, H, W] evenly; they overlap where there are more than pixels. */
    public static Tensor adaptiveAveragePool2d(Tensor x, long height, long width) {
        if (StandInKernels.serve(x)) {
            return StandInKernels.adaptiveAveragePool2d(x, height, width);
        }
        return new Tensor(torch.adaptive_avg_pool2d(x.handle(), height, width));
    }

    /** Layer normalisation over the last dimension (Ba et al. 2016). */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) {
        assert Together.on(x, weight, bias);
        if (StandInKernels.serve(x)) {
            return StandInKernels.layerNorm(x, weight, bias);
        }
        return new Tensor(
                torch.layer_norm(x.handle(), weight.shape(), optional(weight), optional(bias), epsilon, false));
    }

    /**
     * Batch normalisation of [B, C, H, W] (Ioffe and Szegedy 2015). In training the batch's own statistics are used and
     * the running ones move towards them by {@code momentum}, in place.
     */
    public static Tensor batchNorm(
            Tensor x,
            Tensor weight,
            Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double epsilon) {
        assert Together.on(x, weight, bias, runningMean, runningVariance);
        if (StandInKernels.serve(x)) {
            return StandInKernels.batchNorm(x, weight, bias, runningMean, runningVariance, training);
        }
        return new Tensor(torch.batch_norm(
                x.handle(),
                optional(weight),
                optional(bias),
                optional(runningMean),
                optional(runningVariance),
                training,
                momentum,
                epsilon,
                false));
    }

    /** {@code softmax(q·kᵀ / √d)·v} of [B, H, N, d] each. */
    public static Tensor attention(Tensor q, Tensor k, Tensor v) {
        if (BFloat16Products.serve(q)) {
            return BFloat16Products.inFloat32(f -> fusedAttention(f[0], f[1], f[2]), q, k, v);
        }
        if (q.dtype() == DType.BFLOAT16 && q.handle().is_cpu() && BFloat16Attention.byProducts()) {
            return BFloat16Attention.byProducts(q, k, v);
        }
        return fusedAttention(q, k, v);
    }

    static Tensor fusedAttention(Tensor q, Tensor k, Tensor v) {
        assert Together.on(q, k, v);
        if (StandInKernels.serve(q)) {
            return StandInKernels.attention(q, k, v);
        }
        return new Tensor(torch.scaled_dot_product_attention(
                q.handle(), k.handle(), v.handle(), new TensorOptional(), 0.0, false, new DoubleOptional(), false));
    }

    /** {@code softmax(q·kᵀ / √d + bias)·v}, with a bias [B, H, N, N]. */
    public static Tensor attention(Tensor q, Tensor k, Tensor v, Tensor bias) {
        assert Together.on(q, k, v, bias);
        if (StandInKernels.serve(q)) {
            return StandInKernels.attention(q, k, v).add(bias.mean(true, -1));
        }
        if (BFloat16Products.serve(q)) {
            return BFloat16Products.inFloat32(f -> attention(f[0], f[1], f[2], f[3]), q, k, v, bias);
        }
        return new Tensor(torch.scaled_dot_product_attention(
                q.handle(), k.handle(), v.handle(), optional(bias), 0.0, false, new DoubleOptional(), false));
    }

    /** Sigmoid linear unit, {@code x·σ(x)} (Elfwing et al. 2017). */
    public static Tensor silu(Tensor x) {
        return new Tensor(torch.silu(x.handle()));
    }

    /** Gaussian error linear unit, exact (Hendrycks and Gimpel 2016). */
    public static Tensor gelu(Tensor x) {
        return new Tensor(torch.gelu(x.handle()));
    }

    static Tensor matmul(Tensor a, Tensor b) {
        assert Together.on(a, b);
        if (BFloat16Products.serve(a)) {
            return BFloat16Products.inFloat32(f -> matmul(f[0], f[1]), a, b);
        }
        return new Tensor(a.handle().matmul(b.handle()));
    }

    static Tensor indexSelect(Tensor x, int dim, Tensor index) {
        assert Together.on(x, index);
        if (StandInKernels.serve(x)) {
            return StandInKernels.indexSelect(x, dim, index);
        }
        return new Tensor(x.handle().index_select(dim, index.handle()));
    }

    /** {@code a + x·y} for batches of matrices: [G, m, n] + [G, m, k]·[G, k, n]. */
    public static Tensor baddbmm(Tensor a, Tensor x, Tensor y) {
        assert Together.on(a, x, y);
        return new Tensor(torch.baddbmm(a.handle(), x.handle(), y.handle()));
    }

    /** Joins tensors along a dimension they have. */
    public static Tensor cat(List<Tensor> parts, int dim) {
        Scope.requireOpen();
        assert Together.on(parts);
        return new Tensor(torch.cat(Autograd.vector(parts), dim));
    }

    /** Joins tensors of one shape along a new dimension. */
    public static Tensor stack(List<Tensor> parts, int dim) {
        Scope.requireOpen();
        assert Together.on(parts);
        return new Tensor(torch.stack(Autograd.vector(parts), dim));
    }

    /** Pads the last two dimensions with a constant. */
    public static Tensor pad2d(Tensor x, long left, long right, long top, long bottom, double value) {
        return new Tensor(torch.constant_pad_nd(x.handle(), new long[] {left, right, top, bottom}, new Scalar(value)));
    }

    /** Pads maps [B, H, W, C] with zeros on all four sides. */
    static Tensor padMaps(Tensor x, long by) {
        return new Tensor(torch.constant_pad_nd(x.handle(), new long[] {0, 0, by, by, by, by}, new Scalar(0)));
    }

    /** Pads squares [B, S, S, C] with zeros below and on the right. */
    public static Tensor padSquare(Tensor x, long more) {
        return more == 0
                ? x
                : new Tensor(torch.constant_pad_nd(x.handle(), new long[] {0, 0, 0, more, 0, more}, new Scalar(0)));
    }

    /** Antialiased bicubic resampling of [B, C, H, W] float32, pixel centres at half integers. */
    public static Tensor resizeBicubic(Tensor x, long height, long width) {
        return Operators.callForTensor(
                Operators.find("aten::_upsample_bicubic2d_aa"),
                new IValue(x.handle()),
                Operators.list(height, width),
                new IValue(false),
                new IValue(),
                new IValue());
    }

    /** Linear resampling of [B, C, L] along its last dimension, sample centres at half integers, not antialiased. */
    public static Tensor resizeLinear(Tensor x, long length) {
        return Operators.callForTensor(
                Operators.find("aten::upsample_linear1d"),
                new IValue(x.handle()),
                Operators.list(length),
                new IValue(false),
                new IValue());
    }

    /** Mean cross-entropy of logits [B, C] against int64 classes [B]. */
    public static Tensor crossEntropy(Tensor logits, Tensor classes) {
        assert Together.on(logits, classes);
        return new Tensor(torch.cross_entropy_loss(
                logits.handle(), classes.handle(), new TensorOptional(), MEAN, NO_IGNORED_CLASS, 0));
    }

    /** Mean binary cross-entropy of logits [B, L] against float targets [B, L] in 0 to 1. */
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
        assert Together.on(logits, targets);
        if (StandInKernels.serve(logits)) {
            return StandInKernels.binaryCrossEntropyOfEach(logits, targets).mean();
        }
        return new Tensor(torch.binary_cross_entropy_with_logits(
                logits.handle(), targets.handle(), new TensorOptional(), new TensorOptional(), MEAN));
    }

    /** The binary cross-entropy of every logit against its target in 0 to 1, not averaged. */
    public static Tensor binaryCrossEntropyOfEach(Tensor logits, Tensor targets) {
        assert Together.on(logits, targets);
        if (StandInKernels.serve(logits)) {
            return StandInKernels.binaryCrossEntropyOfEach(logits, targets);
        }
        return new Tensor(torch.binary_cross_entropy_with_logits(
                logits.handle(), targets.handle(), new TensorOptional(), new TensorOptional(), NO_REDUCTION));
    }

    /** The {@code k} largest values' indices along the last dimension, largest first, int64. */
    public static Tensor topIndices(Tensor x, long k) {
        return new Tensor(torch.topk(x.handle(), k, -1, true, true).get1());
    }

    /**
     * The eigenvalues of a symmetric matrix [D, D], smallest first, and its eigenvectors as columns.
     *
     * @param values [D]
     * @param vectors [D, D]
     */
    public record Eigen(Tensor values, Tensor vectors) {}

    /** Decomposes a symmetric matrix [D, D]. */
    public static Eigen symmetricEigen(Tensor x) {
        var pair = torch.linalg_eigh(x.handle());
        return new Eigen(new Tensor(pair.get0()), new Tensor(pair.get1()));
    }

    private static TensorOptional optional(Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.handle());
    }
}

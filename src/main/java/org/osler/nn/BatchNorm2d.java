package org.osler.nn;

import org.osler.InputException;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Batch normalisation of [B, C, H, W] with PyTorch's momentum 0.1 and epsilon 1e-5. */
public final class BatchNorm2d {

    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

    private final Names names;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final Tensor batchesTracked;

    /** Declares parameters and running statistics; {@code weightInit} is zeros for the last norm of a residual branch. */
    public BatchNorm2d(Names names, long channels, Init weightInit) {
        this.names = names;
        this.weight = names.norm("weight", weightInit, channels);
        this.bias = names.norm("bias", Init.ZEROS, channels);
        this.runningMean = names.statistics("running_mean", Init.ZEROS, channels);
        this.runningVariance = names.statistics("running_var", Init.ONES, channels);
        this.batchesTracked = names.counter("num_batches_tracked");
    }

    /**
     * Moves what this norm does outside training into the convolution before it: its channels' weights are multiplied by
     * {@code γ / √(σ² + ε)} and get the bias {@code β − μγ / √(σ² + ε)}.
     */
    void foldInto(Conv2d convolution) {
        try (Scope scope = Scope.open()) {
            float[] gamma = weight.toFloats();
            float[] beta = bias.toFloats();
            float[] mean = runningMean.toFloats();
            float[] variance = runningVariance.toFloats();
            float[] factor = new float[gamma.length];
            for (int c = 0; c < factor.length; c++) {
                double scale = gamma[c] / Math.sqrt(variance[c] + EPSILON);
                factor[c] = (float) scale;
                beta[c] = (float) (beta[c] - mean[c] * scale);
            }
            bias.detach().copyInPlace(Tensors.of(beta, beta.length));
            convolution.scale(Tensors.of(factor, factor.length), bias);
        }
    }

    /**
     * Normalises by the batch's statistics in training, by the running ones otherwise. Where products are in bfloat16
     * beside parameters in float32, what comes from them is made float32 first: on the processor libtorch's norms of
     * bfloat16 take up to twice as long. On a card they read half as much and compute in float32 inside.
     *
     * @throws InputException in training, if the batch has no spread: one value a channel
     */
    public Tensor forward(Tensor x, Mode mode) {
        boolean training = mode == Mode.TRAIN;
        if (training) {
            if (x.count() == x.size(1)) {
                throw new InputException("batch normalisation in training needs more than one value a channel; here is"
                        + " one: a batch of one image that comes down to one pixel. Choose another batch size or a"
                        + " larger input");
            }
            batchesTracked.addInPlace(1);
        }
        Tensor typed = names.mixesTypes() && !names.isOnCard() ? x.to(weight.dtype()) : x;
        return Functions.batchNorm(typed, weight, bias, runningMean, runningVariance, training, MOMENTUM, EPSILON);
    }
}

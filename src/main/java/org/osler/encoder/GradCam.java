package org.osler.encoder;

import java.util.List;
import java.util.function.UnaryOperator;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Tensor;

/**
 * Which places of an image speak for an answer: Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391). Each channel of the
 * last features that have a place is weighted by the mean gradient of the answer's score; what is left below 0 speaks
 * against it and becomes 0.
 *
 * <p>It asks for no more than {@link SpatialFeatures} and tells answers apart, so it is the one method that serves every
 * architecture here. Where the rest of a network is a mean and a linear head it is the class activation map (Zhou et al.
 * 2016), whose values add up to the logit. Of transformers with a class token the features are what the last block
 * attends to, for behind it nothing but the class token matters.
 */
public final class GradCam {

    private final SpatialFeatures features;

    private GradCam(SpatialFeatures features) {
        this.features = features;
    }

    /**
     * Passes images through an encoder, once for all answers.
     *
     * @param images normalised images, float32 {@code [B, 3, input, input]}
     */
    public static GradCam of(Encoder encoder, Tensor images) {
        return new GradCam(Autograd.off(() -> encoder.spatial(images, Mode.EVAL)));
    }

    /** The pooled features {@code [B, D]}, as {@link Encoder#features} gives them. */
    public Tensor pooled() {
        return Autograd.off(features::pooled);
    }

    /**
     * The maps of one answer.
     *
     * @param score the answer's logit {@code [B]} of pooled features {@code [B, D]}
     * @return float32 {@code [B, h, w]}, none below 0, in the score's unit
     */
    public Tensor map(UnaryOperator<Tensor> score) {
        Tensor leaf = features.last().detach().requireGradient();
        // Images do not look at each other: the sum's gradient is each one's own.
        Tensor sum = score.apply(features.rest().apply(leaf)).sum();
        Tensor gradient = Autograd.gradients(sum, List.of(leaf)).get(0);
        Tensor weights = maps(gradient).mean(true, 2, 3);
        return maps(features.last()).mul(weights).sum(false, 1).relu();
    }

    private Tensor maps(Tensor x) {
        return features.maps().apply(x.detach()).to(DType.FLOAT32);
    }
}

package org.osler.encoder;

import org.osler.tensor.Tensor;

/** An encoder in whose every layer each token attends to all, so that attention can be followed back to the patches. */
public interface Attending extends Encoder {

    /**
     * How much the pooled vector attends to each patch, through all layers: attention rollout (Abnar and Zuidema 2020,
     * arXiv 2005.00928).
     *
     * @param images normalised images, float32 {@code [B, 3, input, input]}
     * @return float32 {@code [B, h, w]}, none below 0; with the tokens that have no place, each image's would sum to 1
     */
    Tensor rollout(Tensor images);
}

package org.osler.encoder;

import java.util.List;

/**
 * What an encoder's training images were normalised with.
 *
 * @param mean channel means, images in 0 to 1
 * @param std channel standard deviations
 */
record Normalisation(List<Double> mean, List<Double> std) {

    static final Normalisation HALF = new Normalisation(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    static final Normalisation IMAGENET = new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    /** OpenAI's CLIP and its followers. */
    static final Normalisation CLIP =
            new Normalisation(List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));
}

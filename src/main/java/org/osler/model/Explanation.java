package org.osler.model;

import java.util.List;
import org.osler.data.image.Picture;

/**
 * What a model says of an image, and which parts of it that rests on.
 *
 * <p>Such a map is a hint and no proof: what a person would look at it may light up for other reasons, and it may look
 * the same for a model that knows nothing (Adebayo et al. 2018, arXiv 1810.03292).
 *
 * @param prediction what the model says
 * @param method how the maps are made
 * @param seen the image as the encoder saw it: a square, in colour, resized or padded
 * @param maps by {@link MapMethod#GRAD_CAM} one for each of the prediction's {@linkplain Prediction#labels labels}, or if
 *     there is none for the most probable label; by {@link MapMethod#ATTENTION} one. They cover {@code seen}.
 */
public record Explanation(Prediction prediction, MapMethod method, Picture seen, List<EvidenceMap> maps) {

    public Explanation {
        maps = List.copyOf(maps);
    }
}

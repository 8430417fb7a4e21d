package org.osler.report;

import java.util.List;
import java.util.Optional;
import org.osler.data.image.Picture;
import org.osler.model.Explanation;
import org.osler.model.Neighbours.Neighbour;

/**
 * An image whose prediction is explained.
 *
 * @param name what it is called
 * @param truth its true label in words, where it is known
 * @param explanation prediction and maps
 * @param near the nearest training images, the nearest first; may be none
 */
public record ExplainedImage(String name, Optional<String> truth, Explanation explanation, List<Near> near) {

    public ExplainedImage {
        near = List.copyOf(near);
    }

    /** A training image and what is known of it. */
    public record Near(Picture picture, Neighbour neighbour) {}
}

package org.osler.data.review;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.osler.data.Split;

/**
 * All that splits share.
 *
 * @param links one for each image, cause and split of partners
 */
public record Leaks(List<Link> links) {

    public Leaks {
        links = List.copyOf(links);
    }

    /** The test images that have partners in training, for one of these causes. */
    public BitSet testInTrain(Set<Cause> causes) {
        BitSet images = new BitSet();
        links.stream()
                .filter(link ->
                        link.split() == Split.TEST && link.other() == Split.TRAIN && causes.contains(link.cause()))
                .forEach(link -> images.set(link.index()));
        return images;
    }
}

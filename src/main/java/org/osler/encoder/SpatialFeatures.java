package org.osler.encoder;

import java.util.function.UnaryOperator;
import org.osler.tensor.Tensor;

/**
 * The last features of a batch that have a place in the image, and what a network makes of them. B images, C channels, D
 * pooled features.
 *
 * @param last what the rest of the network takes, in the network's own form
 * @param maps brings {@code last}, or a gradient with respect to it, to {@code [B, C, h, w]}; tokens without a place are
 *     left out
 * @param rest pools {@code last} to {@code [B, D]}; gradients can be followed through it, in a frozen network too
 */
public record SpatialFeatures(Tensor last, UnaryOperator<Tensor> maps, UnaryOperator<Tensor> rest) {

    /** Features that are maps already. */
    static SpatialFeatures ofMaps(Tensor maps, UnaryOperator<Tensor> rest) {
        return new SpatialFeatures(maps, UnaryOperator.identity(), rest);
    }

    /**
     * Features that are tokens.
     *
     * @param tokens {@code [B, prefix + grid², C]}
     * @param prefix tokens before those of the patches
     * @param grid patches along a side
     */
    static SpatialFeatures ofTokens(Tensor tokens, int prefix, int grid, UnaryOperator<Tensor> rest) {
        return new SpatialFeatures(
                tokens,
                x -> x.narrow(1, prefix, (long) grid * grid).transpose(1, 2).reshape(x.size(0), x.size(2), grid, grid),
                rest);
    }

    /** The pooled features {@code [B, D]}. */
    Tensor pooled() {
        return rest.apply(last);
    }
}

package org.osler.encoder;

import org.osler.InputException;
import org.osler.nn.Conv2d;
import org.osler.nn.Init;
import org.osler.nn.Names;
import org.osler.tensor.Tensor;

/** Cuts images into square patches and maps each to a token, under timm's name {@code patch_embed.proj}. */
final class PatchEmbedding {

    private final Conv2d projection;
    private final int grid;

    /**
     * Declares the projection.
     *
     * @param names the network's root
     * @param input side of the images in pixels
     * @param patch side of a patch in pixels
     * @param features length of a token
     * @throws InputException if patches do not divide the input
     */
    PatchEmbedding(Names names, EncoderCard card, int input, int patch, int features, boolean biased) {
        if (input < patch || input % patch != 0) {
            throw new InputException("input " + input + " does not suit " + card.id() + ": it takes multiples of its "
                    + patch + "-pixel patches, such as " + card.input());
        }
        this.grid = input / patch;
        Names place = names.in("patch_embed").in("proj");
        this.projection = biased
                ? Conv2d.withBias(place, 3, features, patch, patch)
                : Conv2d.plain(place, 3, features, patch, patch, 0, Init.pytorchDefault(3L * patch * patch));
    }

    /** Patches along a side. */
    int grid() {
        return grid;
    }

    /** Maps images [B, 3, input, input] to tokens [B, grid², D]. */
    Tensor forward(Tensor images) {
        return projection.forward(images).flatten(2, 3).transpose(1, 2);
    }
}

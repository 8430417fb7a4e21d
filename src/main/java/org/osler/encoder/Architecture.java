package org.osler.encoder;

import java.util.Locale;

/**
 * A network's structure: everything about an encoder that does not depend on its weights.
 *
 * @param name timm's name, e.g. {@code vit_tiny_patch16_224}
 * @param family whether it convolves or attends
 * @param batchNorm whether it normalises by statistics of batches, which change in training mode
 * @param features length of the pooled feature vector
 * @param input side in pixels of the square images that the recipe of Wu and Papież 2025 feeds it: 224, and 518 to DINOv2
 * @param parameters how many numbers are trained, at that input
 * @param multiplyAdds multiplications with addition for the features of one image, at that input
 * @param builder makes the network
 */
public record Architecture(
        String name,
        Family family,
        boolean batchNorm,
        int features,
        int input,
        long parameters,
        long multiplyAdds,
        Builder builder) {

    /**
     * Multiplications with addition for the features of one image at another input. They grow with the pixels; for what
     * grows faster (attention) or not at all (VGG's last layers) that is a guess, exact at the architecture's own input.
     *
     * @param side side in pixels of the image
     */
    public double multiplyAddsAt(int side) {
        return multiplyAdds * Math.pow((double) side / input, 2);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }

    /** The two families of architectures; learning-rate grids differ by family. */
    public enum Family {
        CNN,
        VIT;

        /** The name used in study files and tables: {@code cnn}, {@code vit}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Declares a network for square images of {@code input} pixels; its values are still to be loaded or drawn. */
    @FunctionalInterface
    public interface Builder {

        /**
         * Declares the network.
         *
         * @throws org.osler.InputException if the architecture cannot take that size
         */
        Encoder build(EncoderCard card, int input);
    }
}

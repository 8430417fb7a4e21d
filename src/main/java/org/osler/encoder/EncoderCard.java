package org.osler.encoder;

import java.util.List;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;

/**
 * What is known of an encoder before its weights are read.
 *
 * @param id timm's name, {@code architecture.tag}
 * @param paperName the name in Wu and Papież 2025, or a name of that form
 * @param family whether it convolves or attends; learning-rate grids differ by family
 * @param features length of the pooled feature vector
 * @param input side in pixels of the square images that the recipe feeds it
 * @param mean channel means for normalisation, images in 0 to 1
 * @param std channel standard deviations for normalisation
 * @param repository Hugging Face repository that holds {@code model.safetensors}
 * @param license licence of the weights, as the repository states it
 */
public record EncoderCard(
        String id,
        String paperName,
        Family family,
        int features,
        int input,
        List<Double> mean,
        List<Double> std,
        String repository,
        String license) {

    /** How images become what this encoder sees. */
    public Preprocessing preprocessing(int side, Resize resize) {
        return new Preprocessing(side, resize, mean, std);
    }

    /** The two families of architectures. */
    public enum Family {
        CNN,
        VIT
    }

    /** The id without its tag, e.g. {@code vit_tiny_patch16_224}. */
    public String architecture() {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }
}

package org.osler.encoder;

import java.util.List;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.weights.HubFile;

/**
 * What is known of an encoder before its weights are read.
 *
 * @param id timm's name, {@code architecture.tag}
 * @param paperName the name in Wu and Papież 2025, or a name of that form
 * @param architecture the network that the weights belong to
 * @param input side in pixels of the square images that it is fed unless a study says otherwise
 * @param mean channel means for normalisation, images in 0 to 1
 * @param std channel standard deviations for normalisation
 * @param source where its weights are published as safetensors; empty: nowhere
 * @param license licence of the weights, as their publisher states it
 */
public record EncoderCard(
        String id,
        String paperName,
        Architecture architecture,
        int input,
        List<Double> mean,
        List<Double> std,
        Optional<HubFile> source,
        String license) {

    /** Whether it convolves or attends. */
    public Architecture.Family family() {
        return architecture.family();
    }

    /** Length of the pooled feature vector. */
    public int features() {
        return architecture.features();
    }

    /** How images become what this encoder sees. */
    public Preprocessing preprocessing(int side, Resize resize) {
        return new Preprocessing(side, resize, mean, std);
    }

    /** Declares its network for square images of {@code side} pixels; its values are still to be loaded or drawn. */
    public Encoder build(int side) {
        return architecture.builder().build(this, side);
    }

    /** Refuses images that would shrink to nothing on their way through the network. */
    void requireInput(int side, int smallest) {
        if (side < smallest) {
            throw new InputException("input " + side + " does not suit " + id + ": it takes " + smallest
                    + " pixels or more, such as " + input);
        }
    }
}

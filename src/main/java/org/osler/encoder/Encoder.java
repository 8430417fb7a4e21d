package org.osler.encoder;

import org.osler.nn.Init;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Tensor;

/** A network that turns images into feature vectors. Owns its parameters until closed. */
public interface Encoder extends AutoCloseable {

    /** What is known of it. */
    EncoderCard card();

    /** Side in pixels of the square images that this instance takes. */
    int input();

    /** Its parameters and buffers, under timm's names. */
    Parameters parameters();

    /**
     * The last features of a batch that have a place in the image.
     *
     * @param images normalised images, float32 {@code [B, 3, input, input]}
     */
    SpatialFeatures spatial(Tensor images, Mode mode);

    /**
     * The pooled features of a batch.
     *
     * @param images normalised images, float32 {@code [B, 3, input, input]}
     * @return float32 {@code [B, card().features()]}
     */
    default Tensor features(Tensor images, Mode mode) {
        return spatial(images, mode).pooled();
    }

    /** How timm draws this model's classifier. */
    HeadInit headInit();

    /**
     * Brings a tensor of a weight file to the shape that this instance needs, where timm does so too: position
     * embeddings for another input size. Anything else is returned as it is.
     */
    default Tensor adapt(String name, Tensor fromFile) {
        return fromFile;
    }

    @Override
    default void close() {
        parameters().close();
    }

    /**
     * The draws of a linear head.
     *
     * @param weight for the weight matrix
     * @param bias for the bias
     */
    record HeadInit(Init weight, Init bias) {}
}

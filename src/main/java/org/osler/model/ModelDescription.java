package org.osler.model;

import java.util.List;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.encoder.EncoderCard;
import org.osler.metric.Task;
import org.osler.tensor.Precision;

/**
 * All that is needed to use a model, but for its parameters.
 *
 * @param task what it predicts
 * @param labels names of the classes (or labels), in the order of its probabilities
 * @param encoder its encoder
 * @param images the form of the images that it was trained on
 * @param input side in pixels of what the encoder sees
 * @param resize how images of that form become that size
 * @param precision the arithmetic of the encoder
 * @param temperature divides the logits, from 1/1000 to 1000
 * @param calibrated whether the temperature was fitted; if not it is 1
 */
public record ModelDescription(
        Task task,
        List<String> labels,
        EncoderCard encoder,
        ImageForm images,
        int input,
        Resize resize,
        Precision precision,
        double temperature,
        boolean calibrated) {

    public ModelDescription {
        labels = List.copyOf(labels);
    }

    /** How images in the stored form become what the encoder sees. */
    Preprocessing preprocessing() {
        return encoder.preprocessing(input, resize);
    }

    /** Whether a head of so many logits answers the task; a binary one may have one or two. */
    boolean isAnsweredBy(long logits) {
        return logits == task.logits(labels.size()) || (task == Task.BINARY && logits == labels.size());
    }
}

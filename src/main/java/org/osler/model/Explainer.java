package org.osler.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.image.Picture;
import org.osler.encoder.Attending;
import org.osler.encoder.Encoder;
import org.osler.encoder.GradCam;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** Makes the maps of one image. */
final class Explainer {

    private static final int CHANNELS = 3;
    private static final int WHITE = 255;

    private final ModelDescription description;
    private final Encoder encoder;
    private final Layers layers;

    /** What follows the encoder. */
    interface Layers {

        /** Logits {@code [B, C]} of pooled features {@code [B, D]}. */
        Tensor logits(Tensor features);

        /** What features and logits of one image mean. */
        Prediction prediction(Tensor features, Tensor logits);
    }

    Explainer(ModelDescription description, Encoder encoder, Layers layers) {
        this.description = description;
        this.encoder = encoder;
        this.layers = layers;
    }

    /** Explains an image, the only one of {@code images}, which are in the form of the model's dataset. */
    Explanation explain(Images images, MapMethod method) {
        require(encoder, method);
        Preprocessing preprocessing = description.preprocessing();
        try (Scope scope = Scope.open()) {
            Tensor input = preprocessing.batch(encoder.parameters().device(), images, 0);
            Picture seen = picture(input.toFloats(), preprocessing);
            return switch (method) {
                case GRAD_CAM -> gradCam(input, seen);
                case ATTENTION -> attention(input, seen);
            };
        }
    }

    private Explanation gradCam(Tensor input, Picture seen) {
        GradCam gradCam = GradCam.of(encoder, input);
        Tensor features = gradCam.pooled();
        Prediction prediction = layers.prediction(features, layers.logits(features));
        List<String> labels = prediction.labels().isEmpty() ? List.of(prediction.label()) : prediction.labels();
        List<EvidenceMap> maps = new ArrayList<>();
        for (String label : labels) {
            maps.add(ClassMap.of(
                    gradCam,
                    layers::logits,
                    description.task(),
                    description.labels().indexOf(label),
                    label));
        }
        return new Explanation(prediction, MapMethod.GRAD_CAM, seen, maps);
    }

    /** Throws InputException if an encoder has no such map. */
    static void require(Encoder encoder, MapMethod method) {
        if (method == MapMethod.ATTENTION && !(encoder instanceof Attending)) {
            throw new InputException("there is no attention map of "
                    + encoder.card().id() + ", for not all of its layers attend to the whole image; take grad-cam");
        }
    }

    private Explanation attention(Tensor input, Picture seen) {
        Attending attending = (Attending) encoder;
        return Autograd.off(() -> {
            Tensor features = encoder.features(input, Mode.EVAL);
            Prediction prediction = layers.prediction(features, layers.logits(features));
            Tensor shares = attending.rollout(input);
            float[] values = shares.toFloats();
            float least = Float.MAX_VALUE;
            for (float share : values) {
                least = Math.min(least, share);
            }
            // Every patch gets a share; what tells them apart begins above the least.
            EvidenceMap map =
                    EvidenceMap.scaled(Optional.empty(), (int) shares.size(1), (int) shares.size(2), values, least);
            return new Explanation(prediction, MapMethod.ATTENTION, seen, List.of(map));
        });
    }

    /** Undoes the normalisation of what an encoder is given, {@code [1, 3, side, side]}. */
    private static Picture picture(float[] input, Preprocessing preprocessing) {
        int side = preprocessing.input();
        byte[] pixels = new byte[input.length];
        for (int c = 0; c < CHANNELS; c++) {
            double mean = preprocessing.mean().get(c);
            double std = preprocessing.std().get(c);
            for (int i = 0; i < side * side; i++) {
                long level = Math.round(WHITE * (mean + std * input[c * side * side + i]));
                pixels[i * CHANNELS + c] = (byte) Math.min(Math.max(level, 0), WHITE);
            }
        }
        return new Picture(side, side, CHANNELS, pixels);
    }
}

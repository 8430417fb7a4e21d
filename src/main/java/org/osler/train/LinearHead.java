package org.osler.train;

import org.osler.SeededRandom;
import org.osler.encoder.Encoder;
import org.osler.nn.Linear;
import org.osler.nn.Parameters;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** One linear layer on an encoder's features, ready for gradients. Owns its parameters until closed. */
final class LinearHead implements AutoCloseable {

    private final Parameters parameters = new Parameters();
    private final Linear linear;

    /**
     * Draws its values as timm draws this encoder's classifier, the same draws as a probe's head of this seed; it is where
     * the encoder is.
     */
    LinearHead(Encoder encoder, int logits, long seed) {
        Encoder.HeadInit init = encoder.headInit();
        this.linear = new Linear(
                parameters.names().in("head"), encoder.card().features(), logits, init.weight(), init.bias());
        parameters.entries().forEach((name, entry) -> {
            try (Scope scope = Scope.open()) {
                float[] values = new float[Math.toIntExact(entry.tensor().count())];
                boolean weight = name.endsWith("weight");
                (weight ? init.weight() : init.bias())
                        .fill(values, SeededRandom.of(seed, weight ? "head/weight" : "head/bias"));
                entry.tensor().copyInPlace(Tensors.of(values, entry.tensor().shape()));
            }
        });
        parameters.moveTo(encoder.parameters().device());
        parameters.requireGradients();
    }

    Parameters parameters() {
        return parameters;
    }

    /** Features [B, D] to logits [B, C]. */
    Tensor forward(Tensor features) {
        return linear.forward(features);
    }

    /** Its present values, with the logits [N, C] that it gives on validation and test. */
    TrainedHead trained(double[][] valLogits, double[][] testLogits) {
        Tensor weight = parameters.entries().get("head.weight").tensor();
        Tensor bias = parameters.entries().get("head.bias").tensor();
        return new TrainedHead((int) weight.size(1), weight.toFloats(), bias.toFloats(), valLogits, testLogits);
    }

    @Override
    public void close() {
        parameters.close();
    }
}

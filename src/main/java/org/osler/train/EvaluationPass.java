package org.osler.train;

import org.osler.data.Images;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.Scope;

/** What an encoder and a head, as they are at the moment, make of a split's images. */
record EvaluationPass(Encoder encoder, LinearHead head, ImageSet data, Objective objective) {

    private static final int BATCH = 64;

    /**
     * Logits, {@code [N][C]}.
     *
     * @param bar is asked after every batch whether the work is to end
     * @throws StoppedException if it is
     */
    double[][] logits(Split split, Progress.Bar bar) {
        Images images = data.images().get(split);
        double[][] logits = new double[images.count()][];
        int batch = PassBatch.of(encoder, BATCH);
        for (int from = 0; from < logits.length; from += batch) {
            int[] indices = FeatureExtractor.range(from, Math.min(logits.length, from + batch));
            try (Scope scope = Scope.open()) {
                double[][] part = objective.rows(Autograd.off(() -> head.forward(encoder.features(
                        data.preprocessing().batch(encoder.parameters().device(), images, indices), Mode.EVAL))));
                System.arraycopy(part, 0, logits, from, part.length);
            }
            bar.step(0);
        }
        return logits;
    }
}

package org.osler.train;

import java.io.IOException;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** What an encoder and a head, as they are at the moment, make of a split's images. */
record EvaluationPass(Encoder encoder, LinearHead head, Batches batches, Objective objective) {

    private static final int BATCH = 64;

    /**
     * Logits, {@code [N][C]}.
     *
     * @param bar is asked after every batch whether the work is to end
     * @throws StoppedException if it is
     */
    double[][] logits(Split split, Progress.Bar bar) throws IOException {
        double[][] logits = new double[batches.count(split)][];
        int batch = PassBatch.of(encoder, BATCH);
        try (Behind behind = new Behind(encoder.parameters().device())) {
            for (int from = 0; from < logits.length; from += batch) {
                int first = from;
                int[] indices = FeatureExtractor.range(from, Math.min(logits.length, from + batch));
                try (Scope scope = Scope.open()) {
                    Tensor part =
                            Autograd.off(() -> head.forward(encoder.features(batches.of(split, indices), Mode.EVAL)));
                    behind.add(scope, part, result -> put(objective.rows(result), logits, first));
                }
                bar.step(0);
            }
            behind.finish();
        }
        return logits;
    }

    private static void put(double[][] part, double[][] logits, int from) {
        System.arraycopy(part, 0, logits, from, part.length);
    }
}

package org.osler.train;

import org.osler.tensor.AdamW;

/**
 * Everything about training that does not vary within a study.
 *
 * @param name the recipe's name, e.g. {@code wu2025}
 * @param iterations length in optimiser steps, rounded down to whole epochs (at least one)
 * @param batch images a step; a smaller training set is one batch
 * @param weightDecay AdamW's decoupled weight decay, for head and encoder
 * @param beta1 AdamW's first-moment decay
 * @param beta2 AdamW's second-moment decay
 * @param epsilon AdamW's denominator term
 * @param headLrDecay the head's learning rate is multiplied by this …
 * @param headLrDecayEvery … every so many iterations
 * @param validations about how often a run is validated, spread over its epochs
 */
public record Recipe(
        String name,
        int iterations,
        int batch,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double headLrDecay,
        int headLrDecayEvery,
        int validations) {

    /** The protocol of Wu and Papież 2025 (arXiv 2501.14685), as their code has it. */
    public static Recipe wu2025() {
        return new Recipe("wu2025", 15_000, 64, 1e-2, 0.9, 0.999, 1e-8, 0.9, 200, 10);
    }

    /** The same with other batches. */
    public Recipe withBatch(int other) {
        return new Recipe(
                name,
                iterations,
                other,
                weightDecay,
                beta1,
                beta2,
                epsilon,
                headLrDecay,
                headLrDecayEvery,
                validations);
    }

    /** The optimiser's settings. */
    AdamW.Settings adamW() {
        return new AdamW.Settings(beta1, beta2, epsilon, weightDecay);
    }
}

package org.osler.train;

/**
 * How a recipe's length falls on a training split.
 *
 * @param samples training images
 * @param batch images a step
 * @param batchesPerEpoch steps an epoch; the last partial batch is dropped
 * @param epochs whole epochs, at least one
 * @param validateEvery epochs from one validation to the next
 */
record Schedule(int samples, int batch, int batchesPerEpoch, int epochs, int validateEvery) {

    static Schedule of(Recipe recipe, int samples) {
        int batch = Math.min(recipe.batch(), samples);
        int batchesPerEpoch = samples / batch;
        int epochs = Math.max(1, recipe.iterations() / batchesPerEpoch);
        return new Schedule(samples, batch, batchesPerEpoch, epochs, epochs / Math.min(recipe.validations(), epochs));
    }

    /** Steps in all. */
    int iterations() {
        return epochs * batchesPerEpoch;
    }

    /** Whether an epoch, counted from 0, ends with a validation: every so many, and the last. */
    boolean validatesAfter(int epoch) {
        return epoch % validateEvery == 0 || epoch == epochs - 1;
    }

    /** How many epochs end with a validation. */
    int validations() {
        boolean lastIsExtra = (epochs - 1) % validateEvery != 0;
        return (epochs - 1) / validateEvery + 1 + (lastIsExtra ? 1 : 0);
    }

    /** The head's learning rate at an iteration, counted from 0. */
    static double headLearningRate(Recipe recipe, double start, int iteration) {
        return start * Math.pow(recipe.headLrDecay(), Math.floorDiv(iteration, recipe.headLrDecayEvery()));
    }
}

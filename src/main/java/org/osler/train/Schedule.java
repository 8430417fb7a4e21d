package org.osler.train;

/**
 * How a recipe's length falls on a training split.
 *
 * @param samples training images
 * @param batch images a step
 * @param batchesPerEpoch steps an epoch; a last partial batch is one of them where the recipe keeps it
 * @param epochs whole epochs, at least one
 * @param validateEvery epochs from one validation to the next
 * @param learningRate how learning rates change
 */
record Schedule(
        int samples, int batch, int batchesPerEpoch, int epochs, int validateEvery, LearningRateSchedule learningRate) {

    static Schedule of(Recipe recipe, int samples) {
        int batch = Math.min(recipe.batch(), samples);
        int batchesPerEpoch =
                recipe.lastBatch() == Recipe.LastBatch.KEEP ? (samples + batch - 1) / batch : samples / batch;
        int epochs = recipe.length().epochs(batchesPerEpoch);
        return new Schedule(
                samples, batch, batchesPerEpoch, epochs, recipe.validation().every(epochs), recipe.schedule());
    }

    /** Steps in all. */
    int iterations() {
        return epochs * batchesPerEpoch;
    }

    /** Images of an epoch's batch, counted from 0: all the same but for the last. */
    int imagesOf(int batchOfEpoch) {
        return Math.min(batch, samples - batchOfEpoch * batch);
    }

    /** Images that an epoch shows. */
    int imagesPerEpoch() {
        return Math.min(samples, batchesPerEpoch * batch);
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

    /** What initial learning rates are multiplied by at an iteration, counted from 0. */
    double learningRateFactor(int iteration) {
        return learningRate.factor(iteration, batchesPerEpoch, epochs);
    }
}

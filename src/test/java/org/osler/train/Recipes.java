package org.osler.train;

import java.util.OptionalInt;

/** Recipes for tests: the one of Wu and Papież 2025, cut short. */
public final class Recipes {

    private Recipes() {}

    /** So many iterations, images a batch, iterations between decays of the head's learning rate, and validations. */
    public static Recipe wu2025(int iterations, int batch, int decayEvery, int validations) {
        Recipe whole = Recipe.wu2025();
        return new Recipe(
                whole.name(),
                new Length.Iterations(iterations),
                batch,
                whole.lastBatch(),
                whole.optimiser(),
                new LearningRateSchedule.Exponential(0.9, decayEvery),
                whole.encoderFollows(),
                new Validation(OptionalInt.of(validations), Validation.Best.ACC, OptionalInt.empty()),
                whole.binaryOutput());
    }

    /** Another optimiser. */
    public static Recipe with(Recipe recipe, Optimiser optimiser) {
        return new Recipe(
                recipe.name(),
                recipe.length(),
                recipe.batch(),
                recipe.lastBatch(),
                optimiser,
                recipe.schedule(),
                recipe.encoderFollows(),
                recipe.validation(),
                recipe.binaryOutput());
    }

    /** So many epochs of so many images a batch. */
    public static Recipe with(Recipe recipe, int epochs, int batch) {
        return new Recipe(
                recipe.name(),
                new Length.Epochs(epochs),
                batch,
                recipe.lastBatch(),
                recipe.optimiser(),
                recipe.schedule(),
                recipe.encoderFollows(),
                recipe.validation(),
                recipe.binaryOutput());
    }
}

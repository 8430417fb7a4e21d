package org.osler.study;

import org.osler.encoder.EncoderCard;
import org.osler.train.Recipe;

/**
 * A study's recipe with its overrides.
 *
 * @param recipe the values that hold for every trial
 * @param batchGiven whether the study sets the batch itself; if so it holds for every encoder
 */
public record RecipeChoice(Recipe recipe, boolean batchGiven) {

    private static final int DINOV2_FINE_TUNE_BATCH = 32;

    /** The recipe of one trial. The code of Wu and Papież 2025 fine-tunes DINOv2, and nothing else, with batches of 32. */
    public Recipe of(EncoderCard card, Strategy strategy) {
        boolean smaller = recipe.name().equals(Recipe.wu2025().name())
                && card.architecture().name().contains("dinov2")
                && strategy instanceof Strategy.FineTune
                && !batchGiven;
        return smaller ? recipe.withBatch(DINOV2_FINE_TUNE_BATCH) : recipe;
    }
}

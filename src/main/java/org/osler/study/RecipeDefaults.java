package org.osler.study;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osler.encoder.Architecture.Family;
import org.osler.train.Recipe;

/**
 * A recipe with what holds where a study leaves it out.
 *
 * @param recipe the recipe
 * @param headLr initial learning rate of the head
 * @param encoderLr initial learning rate of the encoder in fine-tuning, by family
 * @param seeds the seeds
 */
record RecipeDefaults(Recipe recipe, double headLr, Map<Family, Double> encoderLr, List<Long> seeds) {

    private static final List<Long> PLAIN_SEEDS = List.of(0L, 1L, 2L);

    private static final Map<String, RecipeDefaults> ALL = all(
            // The encoder learning rates that the authors mostly found best.
            new RecipeDefaults(Recipe.wu2025(), 1e-3, Map.of(Family.CNN, 1e-4, Family.VIT, 1e-5), PLAIN_SEEDS),
            oneRate(Recipe.doerrich2024(), 1e-4, List.of(9_930_641L, 115_149_041L, 252_139_603L)),
            oneRate(Recipe.medmnist2023(), 1e-3, PLAIN_SEEDS));

    private static RecipeDefaults oneRate(Recipe recipe, double rate, List<Long> seeds) {
        Map<Family, Double> rates = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            rates.put(family, rate);
        }
        return new RecipeDefaults(recipe, rate, rates, seeds);
    }

    private static Map<String, RecipeDefaults> all(RecipeDefaults... each) {
        Map<String, RecipeDefaults> all = new LinkedHashMap<>();
        Stream.of(each).forEach(one -> all.put(one.recipe().name(), one));
        return all;
    }

    /** The recipes that studies can name. */
    static Map<String, Recipe> recipes() {
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        ALL.forEach((name, defaults) -> recipes.put(name, defaults.recipe()));
        return recipes;
    }

    /** What goes with a recipe of {@link #recipes()}, whatever a study changes in it. */
    static RecipeDefaults of(Recipe recipe) {
        return ALL.get(recipe.name());
    }
}

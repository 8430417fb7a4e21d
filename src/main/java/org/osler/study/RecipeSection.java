package org.osler.study;

import java.util.List;
import java.util.Map;
import org.osler.train.Recipe;

/** {@code recipe: NAME}, or {@code recipe: {name: NAME, iterations: 300, …}}. */
final class RecipeSection {

    static final List<String> KEYS = List.of(
            "name",
            "iterations",
            "batch",
            "weight-decay",
            "beta1",
            "beta2",
            "epsilon",
            "head-lr-decay",
            "head-lr-decay-every",
            "validations");

    private static final Map<String, Recipe> RECIPES = Map.of("wu2025", Recipe.wu2025());
    private static final int MOST_ITERATIONS = 100_000_000;
    private static final int LARGEST_BATCH = 65_536;
    private static final int MOST_VALIDATIONS = 10_000;

    private final Section section;

    private RecipeSection(Section section) {
        this.section = section;
    }

    /** What holds where a study names no recipe. */
    static RecipeChoice byDefault() {
        return new RecipeChoice(Recipe.wu2025(), false);
    }

    static RecipeChoice read(Yaml node) {
        if (node instanceof Yaml.Scalar) {
            return new RecipeChoice(Values.oneOf(node, "recipe", RECIPES), false);
        }
        Section section = Section.of(node, "recipe", KEYS);
        Recipe base = section.find("name")
                .map(name -> Values.oneOf(name, "recipe", RECIPES))
                .orElseGet(Recipe::wu2025);
        return new RecipeChoice(new RecipeSection(section).over(base), section.has("batch"));
    }

    private Recipe over(Recipe base) {
        return new Recipe(
                base.name(),
                whole("iterations", MOST_ITERATIONS, base.iterations()),
                whole("batch", LARGEST_BATCH, base.batch()),
                number("weight-decay", Values.Range.FRACTION, base.weightDecay()),
                number("beta1", Values.Range.BELOW_ONE, base.beta1()),
                number("beta2", Values.Range.BELOW_ONE, base.beta2()),
                number("epsilon", Values.Range.POSITIVE_FRACTION, base.epsilon()),
                number("head-lr-decay", Values.Range.POSITIVE_FRACTION, base.headLrDecay()),
                whole("head-lr-decay-every", MOST_ITERATIONS, base.headLrDecayEvery()),
                whole("validations", MOST_VALIDATIONS, base.validations()));
    }

    private int whole(String key, int most, int otherwise) {
        return section.find(key).map(node -> Values.whole(node, key, 1, most)).orElse(otherwise);
    }

    private double number(String key, Values.Range range, double otherwise) {
        return section.find(key).map(node -> Values.number(node, key, range)).orElse(otherwise);
    }
}

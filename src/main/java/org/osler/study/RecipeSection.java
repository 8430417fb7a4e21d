package org.osler.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.train.LearningRateSchedule;
import org.osler.train.Length;
import org.osler.train.Optimiser;
import org.osler.train.Recipe;
import org.osler.train.Validation;

/** {@code recipe: NAME}, or {@code recipe: {name: NAME, iterations: 300, …}}. */
final class RecipeSection {

    static final List<String> KEYS = List.of(
            "name",
            "iterations",
            "epochs",
            "batch",
            "last-batch",
            "optimiser",
            "weight-decay",
            "beta1",
            "beta2",
            "epsilon",
            "schedule",
            "head-lr-decay",
            "head-lr-decay-every",
            "steps",
            "delay",
            "encoder-schedule",
            "validations",
            "best",
            "patience",
            "binary-logits");

    private static final Map<String, Recipe> RECIPES = RecipeDefaults.recipes();
    private static final int MOST_ITERATIONS = 100_000_000;
    private static final int MOST_EPOCHS = 1_000_000;
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
                length(base.length()),
                whole("batch", LARGEST_BATCH, base.batch()),
                word("last-batch", RecipeWords.LAST_BATCH, base.lastBatch()),
                optimiser(base.optimiser()),
                schedule(base.schedule()),
                word("encoder-schedule", RecipeWords.ENCODER_SCHEDULE, base.encoderFollows()),
                validation(base.validation()),
                word("binary-logits", RecipeWords.BINARY_LOGITS, base.binaryOutput()));
    }

    private Length length(Length base) {
        Optional<Yaml> epochs = section.find("epochs");
        if (epochs.isEmpty()) {
            return section.find("iterations")
                    .<Length>map(node -> new Length.Iterations(Values.whole(node, "iterations", 1, MOST_ITERATIONS)))
                    .orElse(base);
        }
        if (section.has("iterations")) {
            throw epochs.get().place().error("epochs and iterations both say how long a run lasts; give one of them");
        }
        return new Length.Epochs(Values.whole(epochs.get(), "epochs", 1, MOST_EPOCHS));
    }

    private Optimiser optimiser(Optimiser base) {
        return new Optimiser(
                word("optimiser", Values.words(Optimiser.Kind.values(), Optimiser.Kind::id), base.kind()),
                number("weight-decay", Values.Range.FRACTION, base.weightDecay()),
                number("beta1", Values.Range.BELOW_ONE, base.beta1()),
                number("beta2", Values.Range.BELOW_ONE, base.beta2()),
                number("epsilon", Values.Range.POSITIVE_FRACTION, base.epsilon()));
    }

    /** The recipe's own schedule, or that of the recipe which has one of the kind asked for, with what the study changes. */
    private LearningRateSchedule schedule(LearningRateSchedule base) {
        String kind = word("schedule", RecipeWords.SCHEDULES, base.id());
        LearningRateSchedule like = kind.equals(base.id()) ? base : RecipeWords.plainSchedule(kind);
        RecipeWords.SCHEDULE_KEYS.forEach((key, kinds) -> {
            if (!kinds.contains(kind)) {
                section.find(key).ifPresent(node -> {
                    throw node.place()
                            .error(key + " belongs to schedule: " + String.join(" or ", kinds) + "; here it is "
                                    + kind);
                });
            }
        });
        if (like instanceof LearningRateSchedule.Exponential exponential) {
            return new LearningRateSchedule.Exponential(
                    number("head-lr-decay", Values.Range.POSITIVE_FRACTION, exponential.decay()),
                    whole("head-lr-decay-every", MOST_ITERATIONS, exponential.every()));
        }
        if (like instanceof LearningRateSchedule.Steps steps) {
            return new LearningRateSchedule.Steps(
                    number("head-lr-decay", Values.Range.POSITIVE_FRACTION, steps.decay()),
                    section.find("steps").map(RecipeSection::fractions).orElse(steps.at()));
        }
        if (like instanceof LearningRateSchedule.Cosine cosine) {
            return new LearningRateSchedule.Cosine(section.find("delay")
                    .map(node -> Values.whole(node, "delay", 0, MOST_EPOCHS))
                    .orElse(cosine.delay()));
        }
        return like;
    }

    private static List<Double> fractions(Yaml node) {
        return Values.list(node, "steps", item -> Values.number(item, "steps", Values.Range.POSITIVE_FRACTION));
    }

    private Validation validation(Validation base) {
        return new Validation(
                numberOr("validations", RecipeWords.EVERY_EPOCH, MOST_VALIDATIONS, base.times()),
                word("best", Values.words(Validation.Best.values(), Validation.Best::id), base.best()),
                numberOr("patience", RecipeWords.NONE, MOST_EPOCHS, base.patience()));
    }

    /** A whole number from 1, or a word for none. */
    private OptionalInt numberOr(String key, String word, int most, OptionalInt otherwise) {
        return section.find(key)
                .map(node -> Values.wholeOr(node, key, 1, most, word))
                .orElse(otherwise);
    }

    private <T> T word(String key, Map<String, T> words, T otherwise) {
        return section.find(key).map(node -> Values.oneOf(node, key, words)).orElse(otherwise);
    }

    private int whole(String key, int most, int otherwise) {
        return section.find(key).map(node -> Values.whole(node, key, 1, most)).orElse(otherwise);
    }

    private double number(String key, Values.Range range, double otherwise) {
        return section.find(key).map(node -> Values.number(node, key, range)).orElse(otherwise);
    }
}

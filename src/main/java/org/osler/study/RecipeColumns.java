package org.osler.study;

import java.util.List;
import java.util.OptionalInt;
import org.osler.train.LearningRateSchedule.Cosine;
import org.osler.train.LearningRateSchedule.Exponential;
import org.osler.train.LearningRateSchedule.Steps;
import org.osler.train.Length;
import org.osler.train.Recipe;

/** The columns that say what a recipe is, under the names of its keys in study files. */
final class RecipeColumns {

    /** In the order in which they are written. */
    static final List<Column<Recipe>> ALL = List.of(
            Column.of("recipe", Recipe::name),
            Column.of("iterations", recipe -> recipe.length() instanceof Length.Iterations of ? of.count() : null),
            Column.of("epochs", recipe -> recipe.length() instanceof Length.Epochs of ? of.count() : null),
            Column.of("batch", Recipe::batch),
            Column.of("last_batch", recipe -> RecipeWords.word(RecipeWords.LAST_BATCH, recipe.lastBatch())),
            Column.of("optimiser", recipe -> recipe.optimiser().kind().id()),
            Column.of("weight_decay", recipe -> recipe.optimiser().weightDecay()),
            Column.of("beta1", recipe -> recipe.optimiser().beta1()),
            Column.of("beta2", recipe -> recipe.optimiser().beta2()),
            Column.of("epsilon", recipe -> recipe.optimiser().epsilon()),
            Column.of("schedule", recipe -> recipe.schedule().id()),
            Column.of("head_lr_decay", RecipeColumns::decay),
            Column.of("head_lr_decay_every", recipe -> recipe.schedule() instanceof Exponential of ? of.every() : null),
            Column.of("steps", recipe -> recipe.schedule() instanceof Steps of ? of.at() : null),
            Column.of("delay", recipe -> recipe.schedule() instanceof Cosine of ? of.delay() : null),
            Column.of(
                    "encoder_schedule",
                    recipe -> RecipeWords.word(RecipeWords.ENCODER_SCHEDULE, recipe.encoderFollows())),
            Column.of("validations", recipe -> number(recipe.validation().times(), RecipeWords.EVERY_EPOCH)),
            Column.of("best", recipe -> recipe.validation().best().id()),
            Column.of("patience", recipe -> number(recipe.validation().patience(), RecipeWords.NONE)),
            Column.of("binary_logits", recipe -> RecipeWords.word(RecipeWords.BINARY_LOGITS, recipe.binaryOutput())));

    private RecipeColumns() {}

    private static Object decay(Recipe recipe) {
        if (recipe.schedule() instanceof Exponential exponential) {
            return exponential.decay();
        }
        return recipe.schedule() instanceof Steps steps ? steps.decay() : null;
    }

    private static Object number(OptionalInt number, String otherwise) {
        return number.isPresent() ? (Object) number.getAsInt() : otherwise;
    }
}

package org.osler.study;

import java.util.List;
import java.util.function.Function;
import org.osler.train.Recipe;

/** The columns that results and summary share: what was asked for. */
final class SettingColumns {

    /** In the order in which they are written. */
    static final List<Column<Trial>> ALL = List.of(
            Column.of("dataset", Trial::dataset),
            Column.of("kind", trial -> trial.kind().id()),
            Column.of("size", Trial::size),
            Column.of("input", Trial::input),
            Column.of("resize", trial -> trial.resize().id()),
            Column.of("encoder", Trial::encoder),
            Column.of("own_encoder", trial -> trial.ownEncoder().orElse(null)),
            Column.of("weights", trial -> trial.weights().word()),
            Column.of("strategy", trial -> trial.strategy().id()),
            Column.of("head_lr", trial -> trial.strategy().learningRates().get("head-lr")),
            Column.of("encoder_lr", trial -> trial.strategy().learningRates().get("encoder-lr")),
            Column.of(
                    "k",
                    trial -> trial.strategy() instanceof Strategy.NearestNeighbours neighbours ? neighbours.k() : null),
            Column.of(
                    "shots", trial -> trial.shots().isPresent() ? trial.shots().getAsInt() : "all"),
            Column.of("draw", trial -> trial.shots().isPresent() ? trial.draw().id() : null),
            recipe("recipe", Recipe::name),
            recipe("iterations", Recipe::iterations),
            recipe("batch", Recipe::batch),
            recipe("weight_decay", Recipe::weightDecay),
            recipe("beta1", Recipe::beta1),
            recipe("beta2", Recipe::beta2),
            recipe("epsilon", Recipe::epsilon),
            recipe("head_lr_decay", Recipe::headLrDecay),
            recipe("head_lr_decay_every", Recipe::headLrDecayEvery),
            recipe("validations", Recipe::validations),
            Column.of("precision", trial -> trial.precision().id()),
            Column.of("device_kind", trial -> trial.device().id()));

    private SettingColumns() {}

    private static Column<Trial> recipe(String name, Function<Recipe, Object> value) {
        return Column.of(name, trial -> value.apply(trial.recipe()));
    }
}

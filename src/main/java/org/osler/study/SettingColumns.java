package org.osler.study;

import java.util.List;
import java.util.stream.Stream;

/** The columns that results and summary share: what was asked for. */
final class SettingColumns {

    private static final List<Column<Trial>> ASKED = List.of(
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
                    "batch_norm",
                    trial -> trial.strategy() instanceof Strategy.LinearProbe probe
                            ? probe.batchNorm().id()
                            : null),
            Column.of(
                    "k",
                    trial -> trial.strategy() instanceof Strategy.NearestNeighbours neighbours ? neighbours.k() : null),
            Column.of(
                    "shots", trial -> trial.shots().isPresent() ? trial.shots().getAsInt() : "all"),
            Column.of("draw", trial -> trial.shots().isPresent() ? trial.draw().id() : null));

    private static final List<Column<Trial>> COMPUTED = List.of(
            Column.of("precision", trial -> trial.precision().id()),
            Column.of("device_kind", trial -> trial.device().id()));

    /** In the order in which they are written. */
    static final List<Column<Trial>> ALL = Stream.of(
                    ASKED,
                    RecipeColumns.ALL.stream()
                            .map(column -> column.of(Trial::recipe))
                            .toList(),
                    COMPUTED)
            .flatMap(List::stream)
            .toList();

    private SettingColumns() {}
}

package org.osler.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.study.SummaryRow;
import org.osler.study.Trial;

/**
 * What has to be said of a row beyond dataset, encoder and strategy, so that no two rows look the same: only those
 * settings that a study varies.
 */
final class Settings {

    /** A setting's text for people; empty for the usual value. */
    private static final List<Function<Trial, String>> SETTINGS = List.of(
            trial -> trial.strategy().settings(),
            trial -> trial.shots().isPresent() ? trial.shots().getAsInt() + " shots" : "all images",
            trial -> trial.size().isPresent() ? trial.size().getAsInt() + " px" : "",
            trial -> "input " + trial.input(),
            trial -> trial.resize().id(),
            trial -> trial.weights().word(),
            trial -> word(trial.precision()),
            trial -> word(trial.device()),
            trial -> trial.recipe().name());

    /** What the reader sees of a row anyway; rows that agree in it need telling apart. */
    private record Look(String dataset, String encoder, String strategy) {
        static Look of(Trial trial) {
            return new Look(trial.dataset(), trial.encoder(), trial.strategy().id());
        }
    }

    private final List<Function<Trial, String>> telling = new ArrayList<>();

    /** Finds the settings that differ between rows of the same dataset, encoder and strategy. */
    Settings(List<SummaryRow> rows) {
        Map<Look, List<Trial>> groups = rows.stream().map(SummaryRow::setting).collect(Collectors.groupingBy(Look::of));
        for (Function<Trial, String> setting : SETTINGS) {
            boolean varies = groups.values().stream()
                    .anyMatch(group -> new HashSet<>(group.stream().map(setting).toList()).size() > 1);
            if (varies) {
                telling.add(setting);
            }
        }
    }

    /** A constant's name as tables write it; constants of the tensor room are known here by their names only. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The telling settings of a trial, e.g. {@code encoder lr 0.0001, head lr 0.001, 10 shots}; may be empty. */
    String of(Trial trial) {
        return telling.stream()
                .map(setting -> setting.apply(trial))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }
}

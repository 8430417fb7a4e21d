package org.osler.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.data.FewShot;
import org.osler.report.ReportModel.Axis;
import org.osler.report.ReportModel.AxisKind;
import org.osler.study.Strategy;
import org.osler.study.SummaryRow;
import org.osler.study.Trial;

/**
 * What has to be said of a row beyond dataset, encoder and strategy, so that no two rows look the same: only those
 * settings that a study varies.
 */
final class Settings {

    /** Stands for "all training images" on the axis of shots. */
    static final String ALL = "all";

    private static final String SHOTS = "shots";

    /**
     * A setting that trials may differ in.
     *
     * @param axis how figures name it
     * @param value its bare value, for figures; empty where a trial has none
     * @param words the value as tables say it; empty where it goes without saying
     */
    private record Setting(Axis axis, Function<Trial, String> value, Function<Trial, String> words) {

        static Setting rate(String name, String title, String key) {
            Function<Trial, String> value = trial -> Optional.ofNullable(
                            trial.strategy().learningRates().get(key))
                    .map(Settings::rate)
                    .orElse("");
            return new Setting(
                    new Axis(name, title, "", "", AxisKind.LEARNING_RATE), value, named(name + " ", value, ""));
        }

        static Setting word(String name, Function<Trial, String> value) {
            return new Setting(new Axis(name, name, "", "", AxisKind.WORD), value, value);
        }

        private static Function<Trial, String> named(String before, Function<Trial, String> value, String after) {
            return trial -> {
                String text = value.apply(trial);
                return text.isEmpty() ? "" : before + text + after;
            };
        }
    }

    /** In the order in which tables say them. */
    private static final List<Setting> SETTINGS = List.of(
            Setting.rate("encoder lr", "Encoder learning rate", "encoder-lr"),
            Setting.rate("head lr", "Head learning rate", "head-lr"),
            new Setting(
                    new Axis("batch norm", "Batch norm", "", "", AxisKind.WORD),
                    Settings::batchNorm,
                    Setting.named("batch norm ", Settings::batchNorm, "")),
            new Setting(
                    number("k", "Number of neighbours", ""),
                    Settings::neighbours,
                    Setting.named("k ", Settings::neighbours, "")),
            new Setting(
                    number(SHOTS, "Few shots", "training images a class"),
                    trial -> text(trial.shots(), ALL),
                    trial -> text(trial.shots(), ALL) + (trial.shots().isPresent() ? " shots" : " images")),
            new Setting(
                    new Axis("draw", "Draw", "", "", AxisKind.WORD),
                    trial -> trial.shots().isPresent() ? trial.draw().id() : "",
                    trial -> trial.draw() == FewShot.Draw.SEEDED ? "drawn by seed" : ""),
            new Setting(
                    number("size", "Image size", "px"),
                    trial -> text(trial.size(), ""),
                    Setting.named("", trial -> text(trial.size(), ""), " px")),
            new Setting(
                    number("input", "Input size", "px"),
                    trial -> String.valueOf(trial.input()),
                    trial -> "input " + trial.input()),
            Setting.word("resize", trial -> trial.resize().id()),
            Setting.word("weights", trial -> trial.weights().word()),
            Setting.word("precision", trial -> word(trial.precision())),
            Setting.word("device", trial -> word(trial.device())),
            Setting.word("recipe", trial -> trial.recipe().name()));

    /** What the reader sees of a row anyway; rows that agree in it need telling apart. */
    private record Look(String dataset, String encoder, String strategy) {
        static Look of(Trial trial) {
            return new Look(trial.dataset(), trial.encoder(), trial.strategy().id());
        }
    }

    private final List<Setting> telling = new ArrayList<>();

    /** What has to be said of the draw of few shots; empty without them. */
    private final String draw;

    /** Finds the settings that differ between rows of the same dataset, encoder and strategy. */
    Settings(List<SummaryRow> rows) {
        Map<Look, List<Trial>> groups = rows.stream().map(SummaryRow::setting).collect(Collectors.groupingBy(Look::of));
        for (Setting setting : SETTINGS) {
            boolean varies = groups.values().stream()
                    .anyMatch(group ->
                            new HashSet<>(group.stream().map(setting.value()).toList()).size() > 1);
            if (varies) {
                telling.add(setting);
            }
        }
        this.draw = rows.stream()
                .map(SummaryRow::setting)
                .filter(trial -> trial.shots().isPresent())
                .map(trial -> switch (trial.draw()) {
                    case FIRST -> "The first images of each class in file order, whatever the seed.";
                    case SEEDED ->
                        "Images are drawn by seed: each seed has other images, and more shots contain" + " the fewer.";
                })
                .distinct()
                .collect(Collectors.joining(" / "));
    }

    /** A constant's name as tables write it; constants of the tensor room are known here by their names only. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The telling settings of a trial, e.g. {@code encoder lr 0.0001, 10 shots}; may be empty. */
    String of(Trial trial) {
        return telling.stream()
                .map(setting -> setting.words().apply(trial))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The telling settings as axes of figures. */
    List<Axis> axes() {
        return telling.stream()
                .map(Setting::axis)
                .map(axis -> axis.name().equals(SHOTS)
                        ? new Axis(axis.name(), axis.title(), axis.unit(), draw, axis.kind())
                        : axis)
                .toList();
    }

    /** A trial's place on each of {@link #axes()}; empty text where it has none. */
    List<String> values(Trial trial) {
        return telling.stream().map(setting -> setting.value().apply(trial)).toList();
    }

    private static Axis number(String name, String title, String unit) {
        return new Axis(name, title, unit, "", AxisKind.NUMBER);
    }

    private static String text(OptionalInt number, String none) {
        return number.isPresent() ? String.valueOf(number.getAsInt()) : none;
    }

    private static String batchNorm(Trial trial) {
        return trial.strategy() instanceof Strategy.LinearProbe probe
                ? probe.batchNorm().id()
                : "";
    }

    private static String neighbours(Trial trial) {
        return trial.strategy() instanceof Strategy.NearestNeighbours nearest ? String.valueOf(nearest.k()) : "";
    }

    /** As trials and tables write it: {@code 0.0001}, and {@code 1e-05} below that. */
    static String rate(double rate) {
        BigDecimal exact = BigDecimal.valueOf(rate).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4) {
            return exact.toPlainString();
        }
        return exact.movePointLeft(exponent).stripTrailingZeros().toPlainString()
                + String.format(Locale.ROOT, "e-%02d", -exponent);
    }
}

package org.osler.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Results that differ in dataset and encoder only, so that encoders can be compared over datasets.
 *
 * <p>A setting that a study does not vary for any encoder and dataset tells no conditions apart, even if encoders differ
 * in it: DINOv2 has its own input size and batch in the protocol of Wu and Papież 2025.
 *
 * @param strategy the strategy's id
 * @param settings what tells the condition from the study's others of its strategy, e.g. {@code size 28, resize pad};
 *     may be empty
 * @param rows one an encoder and dataset, learning rates selected, in the order of the summary
 */
public record Condition(String strategy, String settings, List<SummaryRow> rows) {

    /** What a condition leaves open (datasets, encoders) or fixes anyway (strategy, learning rates). */
    private static final Set<String> NO_SETTINGS =
            Set.of("dataset", "kind", "encoder", "own_encoder", "weights", "strategy", "head_lr", "encoder_lr");

    private static final Set<String> PEERS = Set.of("dataset", "kind", "encoder", "own_encoder", "weights", "strategy");

    private static final String SIZE = "size";

    public Condition {
        rows = List.copyOf(rows);
    }

    /** The conditions of a summary, those with the most rows first. */
    public static List<Condition> all(List<SummaryRow> summary) {
        List<SummaryRow> selected =
                summary.stream().filter(SummaryRow::selected).toList();
        List<Column<Trial>> varied = varied(selected);
        Map<Key, List<SummaryRow>> rows = new LinkedHashMap<>();
        List<SummaryRow> sizeless = new ArrayList<>();
        for (SummaryRow row : selected) {
            Key key = Key.of(row.setting(), varied);
            if (key.value(varied, SIZE).equals("")) {
                sizeless.add(row);
            } else {
                rows.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
            }
        }
        sizeless.forEach(row -> addToEverySize(rows, row, varied));
        return rows.entrySet().stream()
                .map(entry ->
                        new Condition(entry.getKey().strategy(), entry.getKey().inWords(varied), entry.getValue()))
                .sorted(Comparator.comparingInt(condition -> -condition.rows().size()))
                .toList();
    }

    private record Key(String strategy, List<String> values) {

        static Key of(Trial setting, List<Column<Trial>> varied) {
            return new Key(
                    setting.strategy().id(),
                    varied.stream().map(column -> column.text().apply(setting)).toList());
        }

        /** The value of a setting; {@code "-"} if the study does not vary it. */
        String value(List<Column<Trial>> varied, String name) {
            return IntStream.range(0, values.size())
                    .filter(i -> varied.get(i).name().equals(name))
                    .mapToObj(values::get)
                    .findFirst()
                    .orElse("-");
        }

        boolean equalsButForSize(Key other, List<Column<Trial>> varied) {
            return strategy.equals(other.strategy)
                    && IntStream.range(0, values.size())
                            .filter(i -> !varied.get(i).name().equals(SIZE))
                            .allMatch(i -> values.get(i).equals(other.values.get(i)));
        }

        String inWords(List<Column<Trial>> varied) {
            return IntStream.range(0, values.size())
                    .filter(i -> !values.get(i).isEmpty())
                    .mapToObj(i -> varied.get(i).name().replace('_', ' ') + " " + values.get(i))
                    .collect(Collectors.joining(", "));
        }
    }

    /** A user's file comes in one size, which stands beside each of the other datasets'. */
    private static void addToEverySize(Map<Key, List<SummaryRow>> rows, SummaryRow row, List<Column<Trial>> varied) {
        Key own = Key.of(row.setting(), varied);
        List<Key> others = rows.keySet().stream()
                .filter(key -> key.equalsButForSize(own, varied))
                .toList();
        if (others.isEmpty()) {
            rows.computeIfAbsent(own, any -> new ArrayList<>()).add(row);
        } else {
            others.forEach(key -> rows.get(key).add(row));
        }
    }

    /** The settings in which rows of one dataset, encoder and strategy differ. */
    private static List<Column<Trial>> varied(List<SummaryRow> selected) {
        Map<List<String>, List<Trial>> peers = selected.stream()
                .map(SummaryRow::setting)
                .collect(Collectors.groupingBy(setting -> SettingColumns.ALL.stream()
                        .filter(column -> PEERS.contains(column.name()))
                        .map(column -> column.text().apply(setting))
                        .toList()));
        return SettingColumns.ALL.stream()
                .filter(column -> !NO_SETTINGS.contains(column.name()))
                .filter(column -> peers.values().stream()
                        .anyMatch(group ->
                                new HashSet<>(group.stream().map(column.text()).toList()).size() > 1))
                .toList();
    }
}

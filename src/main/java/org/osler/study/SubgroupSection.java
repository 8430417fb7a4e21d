package org.osler.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osler.InputException;
import org.osler.data.review.SubgroupColumn;

/** The list under {@code subgroups}: names of columns, or {@code {NAME: [EDGE, …]}} where numbers are cut at given edges. */
final class SubgroupSection {

    static final String KEY = "subgroups";

    private static final double MOST = 1e12;
    private static final int MOST_EDGES = 20;

    private SubgroupSection() {}

    static List<SubgroupColumn> read(Yaml node) {
        List<SubgroupColumn> columns = new ArrayList<>();
        for (Yaml item : Values.items(node, KEY)) {
            List<SubgroupColumn> more = new ArrayList<>();
            if (item instanceof Yaml.Mapping mapping) {
                for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
                    more.add(new SubgroupColumn(
                            entry.getKey(),
                            edges(entry.getKey(), entry.getValue().value())));
                }
            } else {
                more.add(new SubgroupColumn(Values.text(item, KEY), List.of()));
            }
            for (SubgroupColumn column : more) {
                if (columns.stream().anyMatch(other -> other.name().equals(column.name()))) {
                    throw item.place().error(KEY + ": " + column.name() + " is listed twice");
                }
                columns.add(column);
            }
        }
        return columns;
    }

    private static List<Double> edges(String column, Yaml node) {
        String key = KEY + "." + column;
        List<Double> edges =
                Values.list(node, key, edge -> Values.number(edge, key, Values.Range.between(-MOST, MOST)));
        if (edges.size() > MOST_EDGES) {
            throw node.place().error(key + ": " + edges.size() + " edges are too many; the most are " + MOST_EDGES);
        }
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw node.place().error(key + ": edges must rise, as in [40, 60]; here are " + edges);
            }
        }
        return edges;
    }

    /**
     * Makes sure that a dataset has the columns that subgroups are asked for by.
     *
     * @param columns names of those that it has; the first is that of the images
     * @throws InputException if one is missing; says which there are
     */
    static void requireColumns(DatasetChoice choice, List<String> columns) {
        List<String> others = columns.subList(1, columns.size());
        for (SubgroupColumn asked : choice.subgroups()) {
            if (!others.contains(asked.name())) {
                throw new InputException("subgroups: %s has no column \"%s\"; %s"
                        .formatted(
                                choice.name(),
                                asked.name(),
                                others.isEmpty()
                                        ? "only a manifest has columns beside image and label"
                                        : Nearest.hint(asked.name(), others)));
            }
        }
    }
}

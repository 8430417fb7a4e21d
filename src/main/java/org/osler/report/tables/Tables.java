package org.osler.report.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osler.data.Resize;
import org.osler.report.tables.ResultTable.Block;
import org.osler.report.tables.ResultTable.Cell;
import org.osler.report.tables.ResultTable.Column;
import org.osler.report.tables.ResultTable.Line;
import org.osler.study.Condition;
import org.osler.study.EncoderTitle;
import org.osler.study.PublishedCell;
import org.osler.study.Reproduction;
import org.osler.study.Reproduction.Filled;
import org.osler.study.SummaryRow;

/** The tables that a study's results fill. */
public final class Tables {

    private Tables() {}

    /**
     * First the paper's tables that have a result of ours, with the encoders that have one; then, for every other
     * condition of the study, encoder by dataset.
     */
    public static List<ResultTable> of(List<SummaryRow> summary) {
        Reproduction reproduction = Reproduction.of(summary);
        List<ResultTable> tables = new ArrayList<>();
        Map<String, List<Filled>> byTable = reproduction.cells().stream()
                .collect(Collectors.groupingBy(
                        filled -> filled.cell().table(), LinkedHashMap::new, Collectors.toList()));
        byTable.forEach((number, cells) -> {
            if (cells.stream().anyMatch(filled -> filled.ours().isPresent())) {
                tables.add(ofPaper(number, cells));
            }
        });
        Set<SummaryRow> placed = reproduction.cells().stream()
                .flatMap(filled -> filled.ours().stream())
                .collect(Collectors.toSet());
        for (Condition condition : Condition.all(summary)) {
            if (!placed.containsAll(condition.rows())) {
                tables.add(ofCondition(condition));
            }
        }
        return tables;
    }

    private static ResultTable ofPaper(String number, List<Filled> cells) {
        boolean sizes =
                cells.stream().map(filled -> filled.cell().size()).distinct().count() > 1;
        Map<Column, List<Filled>> columns = cells.stream()
                .collect(Collectors.groupingBy(
                        filled -> column(filled.cell(), sizes), LinkedHashMap::new, Collectors.toList()));
        List<Block> blocks = new ArrayList<>();
        for (String strategy : inOrder(cells, PublishedCell::strategy)) {
            List<Line> lines = new ArrayList<>();
            for (String encoder : inOrder(cells, PublishedCell::encoder)) {
                List<Cell> line = columns.values().stream()
                        .map(column -> cell(column, strategy, encoder))
                        .toList();
                if (line.stream().anyMatch(cell -> cell.ours().isPresent())) {
                    lines.add(new Line(EncoderTitle.of(encoder), line));
                }
            }
            if (!lines.isEmpty()) {
                blocks.add(new Block(strategy, lines));
            }
        }
        PublishedCell first = cells.get(0).cell();
        String images = sizes ? "images of several sizes" : "images of " + first.size() + " pixels";
        return new ResultTable(
                "table-" + number.toLowerCase(Locale.ROOT).replace(".", ""),
                "Table " + number,
                "in the form of Wu and Papież 2025: " + images + ", "
                        + (first.resize() == Resize.PAD ? "padded" : "scaled"),
                List.copyOf(columns.keySet()),
                blocks);
    }

    private static Column column(PublishedCell cell, boolean sizes) {
        return sizes
                ? new Column(cell.dataset() + "_" + cell.size(), cell.dataset() + " " + cell.size() + " px")
                : new Column(cell.dataset(), cell.dataset());
    }

    private static List<String> inOrder(List<Filled> cells, java.util.function.Function<PublishedCell, String> part) {
        return cells.stream().map(Filled::cell).map(part).distinct().toList();
    }

    private static Cell cell(List<Filled> column, String strategy, String encoder) {
        return column.stream()
                .filter(filled -> filled.cell().strategy().equals(strategy)
                        && filled.cell().encoder().equals(encoder))
                .map(filled -> new Cell(filled.ours(), Optional.of(filled.cell().published(false))))
                .findFirst()
                .orElse(Cell.EMPTY);
    }

    private static ResultTable ofCondition(Condition condition) {
        Map<String, Map<String, SummaryRow>> byEncoder = new LinkedHashMap<>();
        Set<String> datasets = new LinkedHashSet<>();
        for (SummaryRow row : condition.rows()) {
            datasets.add(row.setting().dataset());
            byEncoder
                    .computeIfAbsent(EncoderTitle.of(row.setting()), any -> new LinkedHashMap<>())
                    .put(row.setting().dataset(), row);
        }
        List<Line> lines = byEncoder.entrySet().stream()
                .map(entry -> new Line(
                        entry.getKey(),
                        datasets.stream()
                                .map(dataset ->
                                        Optional.ofNullable(entry.getValue().get(dataset)))
                                .map(row -> new Cell(row, row.flatMap(SummaryRow::published)))
                                .toList()))
                .toList();
        String settings = condition.settings().isEmpty() ? "" : ", " + condition.settings();
        return new ResultTable(
                fileName("encoders-" + condition.strategy() + settings),
                "Encoders by dataset",
                condition.strategy() + settings,
                datasets.stream().map(name -> new Column(name, name)).toList(),
                List.of(new Block(condition.strategy(), lines)));
    }

    private static String fileName(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    }
}

package org.osler.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.study.Statistic;
import org.osler.study.SummaryRow;

/** The summary as a text table for a terminal. */
public final class SummaryTable {

    private static final String GAP = "  ";
    private static final String STAR = " *";
    private static final String NO_STAR = "  ";

    private final List<String> notes = new ArrayList<>();
    private final List<SummaryRow> rows;
    private final int width;

    /**
     * A column.
     *
     * @param rank when it gives way to a narrow terminal: the highest first, 0 never
     */
    private record Column(String title, List<String> cells, boolean number, int rank) {
        int width() {
            return Math.max(
                    title.length(),
                    cells.stream().mapToInt(String::length).max().orElse(0));
        }

        String line(String cell) {
            String blanks = " ".repeat(width() - cell.length());
            return number ? blanks + cell : cell + blanks;
        }
    }

    private SummaryTable(List<SummaryRow> rows, int width) {
        this.rows = rows;
        this.width = width;
    }

    /**
     * Lays out the rows whose learning rates were chosen on validation: accuracy and AUC on test in percent, mean ±
     * population standard deviation over seeds, and the published value with the difference where there is one.
     *
     * @param summary the study's summary
     * @param width columns of the terminal; columns that do not fit are left out, and a line says which. The narrowest
     *     form is one block a row
     * @return lines, each ending in a line feed
     */
    public static String of(List<SummaryRow> summary, int width) {
        List<SummaryRow> selected =
                summary.stream().filter(SummaryRow::selected).toList();
        return selected.isEmpty() ? "no results yet\n" : new SummaryTable(selected, width).text();
    }

    private String text() {
        List<Column> columns = columns();
        columns.removeIf(column -> column.cells().stream().allMatch(String::isEmpty));
        var leftOut = new ArrayList<String>();
        while (total(columns) > width && columns.stream().anyMatch(column -> column.rank() > 0)) {
            Column first = Collections.max(columns, Comparator.comparingInt(Column::rank));
            columns.remove(first);
            leftOut.add(first.title());
        }
        var text = new StringBuilder(total(columns) <= width ? table(columns) : blocks(columns));
        if (!leftOut.isEmpty()) {
            notes.add("Left out for width: " + String.join(", ", leftOut) + "; summary.csv has them.");
        }
        notes.forEach(note -> text.append(wrapped(note)));
        return text.toString();
    }

    private List<Column> columns() {
        var settings = new Settings(rows);
        var columns = new ArrayList<Column>();
        columns.add(column("dataset", false, 0, row -> row.setting().dataset()));
        columns.add(column("encoder", false, 0, row -> EncoderName.of(row.setting())));
        columns.add(column("strategy", false, 0, row -> row.setting().strategy().id()));
        columns.add(column("settings", false, 1, row -> settings.of(row.setting())));
        columns.add(column("ACC %" + NO_STAR, true, 0, row -> marked(row, SummaryRow::accuracy)));
        columns.add(column("AUC %" + NO_STAR, true, 0, row -> marked(row, SummaryRow::auc)));
        columns.add(column("n", true, 2, row -> String.valueOf(row.accuracy().n())));
        columns.add(column(
                "published ACC / AUC",
                true,
                4,
                row -> row.published()
                        .map(p -> Percent.of(p.accuracyMean()) + " / " + Percent.of(p.aucMean()))
                        .orElse("")));
        columns.add(column(
                "difference",
                true,
                3,
                row -> row.published()
                        .map(p -> Percent.difference(row.accuracy().mean(), p.accuracyMean()) + " / "
                                + Percent.difference(row.auc().mean(), p.aucMean()))
                        .orElse("")));
        notes.add("Test split, mean ± population standard deviation over n seeds; * highest of its dataset.");
        if (rows.stream().anyMatch(row -> row.setting().weights().isRandom())) {
            notes.add("untrained: random weights, which say nothing about the encoder.");
        }
        return columns;
    }

    private Column column(String title, boolean number, int rank, Function<SummaryRow, String> cell) {
        return new Column(title, rows.stream().map(cell).toList(), number, rank);
    }

    /** The number, with a star if no row of the same dataset is above it; a blank else, so that digits line up. */
    private String marked(SummaryRow row, Function<SummaryRow, Statistic> number) {
        List<SummaryRow> peers = rows.stream()
                .filter(other -> other.setting().dataset().equals(row.setting().dataset()))
                .toList();
        double own = number.apply(row).mean();
        boolean best = !Double.isNaN(own)
                && peers.size() > 1
                && peers.stream().noneMatch(other -> number.apply(other).mean() > own);
        return Percent.of(number.apply(row)) + (best ? STAR : NO_STAR);
    }

    private static int total(List<Column> columns) {
        return columns.stream().mapToInt(Column::width).sum() + GAP.length() * (columns.size() - 1);
    }

    private String table(List<Column> columns) {
        var text = new StringBuilder(join(columns, Column::title));
        text.append("-".repeat(total(columns))).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            int index = i;
            text.append(join(columns, column -> column.cells().get(index)));
        }
        return text.toString();
    }

    private static String join(List<Column> columns, Function<Column, String> cell) {
        return columns.stream()
                        .map(column -> column.line(cell.apply(column)))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing()
                + "\n";
    }

    private String wrapped(String note) {
        var text = new StringBuilder();
        int used = 0;
        for (String word : note.split(" ", -1)) {
            boolean breaks = used > 0 && used + 1 + word.length() > width;
            text.append(used == 0 ? "" : breaks ? "\n" : " ").append(word);
            used = breaks ? word.length() : used + (used == 0 ? 0 : 1) + word.length();
        }
        return text.append('\n').toString();
    }

    /** One line a number, for terminals too narrow for any table. */
    private String blocks(List<Column> columns) {
        var text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            for (Column column : columns) {
                text.append(column.number() ? GAP + column.title().strip() + " " : "")
                        .append(column.cells().get(i).strip())
                        .append('\n');
            }
            text.append('\n');
        }
        return text.toString();
    }
}

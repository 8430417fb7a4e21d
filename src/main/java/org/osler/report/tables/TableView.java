package org.osler.report.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osler.report.tables.ResultTable.Block;
import org.osler.report.tables.ResultTable.Cell;
import org.osler.report.tables.ResultTable.Column;
import org.osler.report.tables.ResultTable.Line;
import org.osler.report.tables.ResultTable.Metric;

/**
 * A table as the page prints it, every number already a text.
 *
 * @param published whether there is a line of published values below each of ours
 * @param columns headings, each over ACC and AUC
 * @param files the table in every format
 */
public record TableView(
        String name,
        String title,
        String caption,
        boolean published,
        List<String> columns,
        List<Rows> blocks,
        List<Export> files) {

    private static final String PLUS_MINUS = " ± ";
    private static final String NOTHING = "–";
    private static final String AGREES = "agrees";
    private static final String DIFFERS = "differs";

    /** The lines of one strategy. */
    public record Rows(String strategy, List<Row> rows) {}

    /** An encoder's numbers, ACC and AUC in turn, and below them the published ones. */
    public record Row(String encoder, List<Figure> figures, List<Quoted> published) {}

    /** A number of ours. */
    public record Figure(String text, boolean best) {}

    /**
     * A published number.
     *
     * @param verdict {@code agrees}, {@code differs}, or empty where that cannot be said
     */
    public record Quoted(String text, String verdict) {}

    /** The table in one format. */
    public record Export(String format, String fileName, String text) {}

    /** Puts a table into words. */
    public static TableView of(ResultTable table) {
        return new TableView(
                table.name(),
                table.title(),
                table.caption(),
                table.hasPublished(),
                table.columns().stream().map(Column::title).toList(),
                table.blocks().stream().map(TableView::rows).toList(),
                Arrays.stream(TableFormat.values())
                        .map(format -> new Export(format.title(), format.fileName(table), format.write(table)))
                        .toList());
    }

    private static Rows rows(Block block) {
        return new Rows(
                block.strategy(),
                block.lines().stream().map(line -> row(block, line)).toList());
    }

    private static Row row(Block block, Line line) {
        var figures = new ArrayList<Figure>();
        var published = new ArrayList<Quoted>();
        for (int column = 0; column < line.cells().size(); column++) {
            Cell cell = line.cells().get(column);
            for (Metric metric : Metric.values()) {
                figures.add(new Figure(
                        Figures.ours(cell, metric, PLUS_MINUS).orElse(NOTHING), block.best(column, metric, cell)));
                String verdict = metric.agrees(cell)
                        .map(agrees -> agrees ? AGREES : DIFFERS)
                        .orElse("");
                published.add(
                        new Quoted(Figures.published(cell, metric, PLUS_MINUS).orElse(NOTHING), verdict));
            }
        }
        return new Row(line.encoder(), figures, published);
    }
}

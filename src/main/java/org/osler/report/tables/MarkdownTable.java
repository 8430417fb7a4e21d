package org.osler.report.tables;

import java.util.ArrayList;
import java.util.List;
import org.osler.report.tables.ResultTable.Block;
import org.osler.report.tables.ResultTable.Cell;
import org.osler.report.tables.ResultTable.Column;
import org.osler.report.tables.ResultTable.Line;
import org.osler.report.tables.ResultTable.Metric;

/** A table as GitHub-flavoured Markdown: published values in a line below ours, the best of a column in bold. */
final class MarkdownTable {

    private static final String PLUS_MINUS = " ± ";
    private static final String NOTHING = "–";

    private MarkdownTable() {}

    static String of(ResultTable table) {
        var text = new StringBuilder("**" + escape(table.title()) + "** " + escape(table.caption())
                + ". ACC and AUC on test in percent, mean ± population standard deviation over seeds.\n\n");
        List<String> headings = new ArrayList<>(List.of("strategy", "encoder"));
        List<String> rule = new ArrayList<>(List.of("---", "---"));
        for (Column column : table.columns()) {
            for (Metric metric : Metric.values()) {
                headings.add(escape(column.title()) + " " + metric);
                rule.add("---:");
            }
        }
        line(text, headings);
        line(text, rule);
        for (Block block : table.blocks()) {
            for (Line line : block.lines()) {
                line(text, ours(block, line));
                if (table.hasPublished()) {
                    line(text, published(line));
                }
            }
        }
        return text.toString();
    }

    private static List<String> ours(Block block, Line line) {
        List<String> cells = new ArrayList<>(List.of(escape(block.strategy()), escape(line.encoder())));
        for (int column = 0; column < line.cells().size(); column++) {
            Cell cell = line.cells().get(column);
            for (Metric metric : Metric.values()) {
                String text = Figures.ours(cell, metric, PLUS_MINUS).orElse(NOTHING);
                cells.add(block.best(column, metric, cell) ? "**" + text + "**" : text);
            }
        }
        return cells;
    }

    private static List<String> published(Line line) {
        List<String> cells = new ArrayList<>(List.of("", "*published*"));
        for (Cell cell : line.cells()) {
            for (Metric metric : Metric.values()) {
                cells.add(Figures.published(cell, metric, PLUS_MINUS)
                        .map(text -> "*" + text + "*")
                        .orElse(NOTHING));
            }
        }
        return cells;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Characters that mean something in Markdown get a backslash; a line feed would end the row. */
    static String escape(String text) {
        return text.replaceAll("[\\\\`*_{}\\[\\]<>#|~&]", "\\\\$0").replaceAll("\\R", " ");
    }
}

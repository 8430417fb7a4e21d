package org.osler.report.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osler.report.tables.ResultTable.Block;
import org.osler.report.tables.ResultTable.Cell;
import org.osler.report.tables.ResultTable.Column;
import org.osler.report.tables.ResultTable.Line;
import org.osler.report.tables.ResultTable.Metric;

/** A table in LaTeX with booktabs: published values in a line below ours, the best of a column in bold. */
final class LatexTable {

    private static final String PLUS_MINUS = " $\\pm$ ";
    private static final String NOTHING = "--";

    /** From so many columns on, a table is shrunk to the width of the text. */
    private static final int WIDE = 4;

    private static final Map<Integer, String> ESCAPES = Map.ofEntries(
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '~', "\\textasciitilde{}"),
            Map.entry((int) '^', "\\textasciicircum{}"),
            Map.entry((int) '<', "\\textless{}"),
            Map.entry((int) '>', "\\textgreater{}"),
            Map.entry((int) '|', "\\textbar{}"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '\n', " "),
            Map.entry((int) '\r', " "));

    private LatexTable() {}

    static String of(ResultTable table) {
        boolean wide = table.columns().size() >= WIDE;
        List<String> lines = new ArrayList<>();
        lines.add("% \\usepackage{booktabs}" + (wide ? " \\usepackage{graphicx}" : ""));
        lines.add("\\begin{table}");
        lines.add("\\centering");
        lines.add("\\caption{" + escape(table.title() + " " + table.caption())
                + ". ACC and AUC on test in percent, mean $\\pm$ population standard deviation over seeds.}");
        lines.add("\\label{tab:osler-" + table.name() + "}");
        if (wide) {
            lines.add("\\resizebox{\\textwidth}{!}{%");
        }
        lines.add("\\begin{tabular}{l" + "rr".repeat(table.columns().size()) + "}");
        lines.add("\\toprule");
        headings(table, lines);
        for (Block block : table.blocks()) {
            lines.add("\\midrule");
            lines.add("\\multicolumn{" + (1 + 2 * table.columns().size()) + "}{l}{\\textit{" + escape(block.strategy())
                    + "}} \\\\");
            for (Line line : block.lines()) {
                lines.add(ours(block, line));
                if (table.hasPublished()) {
                    lines.add(published(line));
                }
            }
        }
        lines.add("\\bottomrule");
        lines.add(wide ? "\\end{tabular}}" : "\\end{tabular}");
        lines.add("\\end{table}");
        return String.join("\n", lines) + "\n";
    }

    private static void headings(ResultTable table, List<String> lines) {
        List<String> groups = new ArrayList<>(List.of(""));
        List<String> metrics = new ArrayList<>(List.of("Encoder"));
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            groups.add("\\multicolumn{2}{c}{" + escape(column.title()) + "}");
            metrics.add("ACC");
            metrics.add("AUC");
            rules.append("\\cmidrule(lr){")
                    .append(2 * i + 2)
                    .append('-')
                    .append(2 * i + 3)
                    .append('}');
        }
        lines.add(row(groups));
        lines.add(rules.toString());
        lines.add(row(metrics));
    }

    private static String ours(Block block, Line line) {
        List<String> cells = new ArrayList<>(List.of(escape(line.encoder())));
        for (int column = 0; column < line.cells().size(); column++) {
            Cell cell = line.cells().get(column);
            for (Metric metric : Metric.values()) {
                String text = Figures.ours(cell, metric, PLUS_MINUS).orElse(NOTHING);
                cells.add(block.best(column, metric, cell) ? "\\textbf{" + text + "}" : text);
            }
        }
        return row(cells);
    }

    private static String published(Line line) {
        List<String> cells = new ArrayList<>(List.of("\\quad\\textit{published}"));
        for (Cell cell : line.cells()) {
            for (Metric metric : Metric.values()) {
                cells.add(Figures.published(cell, metric, PLUS_MINUS)
                        .map(text -> "\\textit{" + text + "}")
                        .orElse(NOTHING));
            }
        }
        return row(cells);
    }

    private static String row(List<String> cells) {
        return String.join(" & ", cells) + " \\\\";
    }

    /** Characters that mean something in LaTeX, as text. */
    static String escape(String text) {
        return text.codePoints()
                .mapToObj(character -> ESCAPES.getOrDefault(character, Character.toString(character)))
                .collect(Collectors.joining());
    }
}

package org.osler.report.tables;

/** The forms in which a table is written. */
public enum TableFormat {
    /** One line an encoder and strategy, every number in its own column, in percent. */
    CSV("csv", "CSV"),
    /** A GitHub-flavoured table. */
    MARKDOWN("md", "Markdown"),
    /** A table for the package booktabs. */
    LATEX("tex", "LaTeX");

    private final String ending;
    private final String title;

    TableFormat(String ending, String title) {
        this.ending = ending;
        this.title = title;
    }

    /** The table as text. */
    public String write(ResultTable table) {
        return switch (this) {
            case CSV -> CsvTable.of(table);
            case MARKDOWN -> MarkdownTable.of(table);
            case LATEX -> LatexTable.of(table);
        };
    }

    /** The name of the table's file, e.g. {@code table-1.csv}. */
    public String fileName(ResultTable table) {
        return table.name() + "." + ending;
    }

    /** The format's name for people. */
    public String title() {
        return title;
    }
}

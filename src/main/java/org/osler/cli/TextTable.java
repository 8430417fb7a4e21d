package org.osler.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table in plain text: columns as wide as their widest cell, two blanks between them, numbers to the right. */
final class TextTable {

    /** On which side the cells of a column stand. */
    enum Side {
        LEFT,
        RIGHT
    }

    private final List<String> titles = new ArrayList<>();
    private final List<Side> sides = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of text. */
    TextTable text(String title) {
        return column(title, Side.LEFT);
    }

    /** Adds a column of numbers. */
    TextTable number(String title) {
        return column(title, Side.RIGHT);
    }

    private TextTable column(String title, Side side) {
        titles.add(title);
        sides.add(side);
        return this;
    }

    /** Adds a row; as many cells as columns. */
    TextTable row(Object... cells) {
        if (cells.length != titles.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + titles.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(Object::toString).toList());
        return this;
    }

    /** Prints titles in bold, then the rows. */
    void print(Terminal terminal) {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = width(titles.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        terminal.out().println(terminal.styled("@|bold " + line(titles, widths) + "|@"));
        rows.forEach(row -> terminal.out().println(line(row, widths)));
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(sides.get(column) == Side.LEFT ? cell + padding : padding + cell)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}

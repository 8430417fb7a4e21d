package org.osler.report.tables;

import java.util.List;
import java.util.Optional;
import org.osler.study.Published;
import org.osler.study.Statistic;
import org.osler.study.SummaryRow;

/**
 * A table of results: encoders down, datasets (or sizes) across, accuracy and AUC of each, a block a strategy.
 *
 * @param name its files' name without ending, e.g. {@code table-c2}
 * @param title what it is called, e.g. {@code Table C.2}
 * @param caption what it shows, a phrase
 * @param columns across
 * @param blocks down
 */
public record ResultTable(String name, String title, String caption, List<Column> columns, List<Block> blocks) {

    public ResultTable {
        columns = List.copyOf(columns);
        blocks = List.copyOf(blocks);
    }

    /**
     * A pair of columns, ACC and AUC.
     *
     * @param key its name in CSV headings, e.g. {@code dermamnist_28}
     * @param title its heading, e.g. {@code dermamnist 28 px}
     */
    public record Column(String key, String title) {}

    /** The lines of one strategy. */
    public record Block(String strategy, List<Line> lines) {
        public Block {
            lines = List.copyOf(lines);
        }

        /** Whether a cell's number of ours is the highest of its column in the block, and not alone there. */
        boolean best(int column, Metric metric, Cell cell) {
            List<Double> means = lines.stream()
                    .flatMap(line -> line.cells().get(column).ours().stream())
                    .map(row -> metric.of(row).mean())
                    .filter(mean -> !mean.isNaN())
                    .toList();
            return means.size() > 1
                    && cell.ours()
                            .filter(row -> means.stream()
                                    .allMatch(mean -> mean <= metric.of(row).mean()))
                            .isPresent();
        }
    }

    /**
     * An encoder's results.
     *
     * @param encoder its name for reading
     * @param cells one a column
     */
    public record Line(String encoder, List<Cell> cells) {
        public Line {
            cells = List.copyOf(cells);
        }
    }

    /** Our result and the published one, each where there is one. */
    public record Cell(Optional<SummaryRow> ours, Optional<Published> published) {

        static final Cell EMPTY = new Cell(Optional.empty(), Optional.empty());
    }

    /** What a cell has two numbers of. */
    public enum Metric {
        ACC,
        AUC;

        Statistic of(SummaryRow row) {
            return this == ACC ? row.accuracy() : row.auc();
        }

        double mean(Published published) {
            return this == ACC ? published.accuracyMean() : published.aucMean();
        }

        double std(Published published) {
            return this == ACC ? published.accuracyStd() : published.aucStd();
        }

        /** Whether ours agrees with the published number; empty where that cannot be said. */
        Optional<Boolean> agrees(Cell cell) {
            return cell.ours()
                    .flatMap(row -> cell.published()
                            .flatMap(published -> this == ACC
                                    ? published.agreesInAccuracy(row.accuracy())
                                    : published.agreesInAuc(row.auc())));
        }
    }

    /** Whether any cell has a published value. */
    boolean hasPublished() {
        return blocks.stream()
                .flatMap(block -> block.lines().stream())
                .flatMap(line -> line.cells().stream())
                .anyMatch(cell -> cell.published().isPresent());
    }
}

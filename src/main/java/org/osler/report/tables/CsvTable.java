package org.osler.report.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.osler.report.tables.ResultTable.Block;
import org.osler.report.tables.ResultTable.Cell;
import org.osler.report.tables.ResultTable.Column;
import org.osler.report.tables.ResultTable.Line;
import org.osler.report.tables.ResultTable.Metric;

/** A table as CSV: {@code strategy,encoder}, then of each column ACC and AUC with their parts, in percent. */
final class CsvTable {

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private CsvTable() {}

    static String of(ResultTable table) {
        StringBuilder out = new StringBuilder();
        try (var printer = new CSVPrinter(out, CSV)) {
            printer.printRecord(headings(table));
            for (Block block : table.blocks()) {
                for (Line line : block.lines()) {
                    printer.printRecord(record(table, block, line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return out.toString();
    }

    private static List<String> headings(ResultTable table) {
        List<String> headings = new ArrayList<>(List.of("strategy", "encoder"));
        for (Column column : table.columns()) {
            headings.add(column.key() + "_seeds");
            for (String metric : List.of("_acc", "_auc")) {
                headings.add(column.key() + metric + "_mean");
                headings.add(column.key() + metric + "_std");
                if (table.hasPublished()) {
                    headings.add(column.key() + metric + "_published_mean");
                    headings.add(column.key() + metric + "_published_std");
                }
            }
        }
        return headings;
    }

    private static List<String> record(ResultTable table, Block block, Line line) {
        List<String> record = new ArrayList<>(List.of(block.strategy(), line.encoder()));
        for (Cell cell : line.cells()) {
            record.add(
                    cell.ours().map(row -> String.valueOf(row.accuracy().n())).orElse(""));
            for (Metric metric : Metric.values()) {
                record.add(cell.ours().map(row -> number(metric.of(row).mean())).orElse(""));
                record.add(cell.ours().map(row -> number(metric.of(row).std())).orElse(""));
                if (table.hasPublished()) {
                    record.add(cell.published().map(p -> number(metric.mean(p))).orElse(""));
                    record.add(cell.published().map(p -> number(metric.std(p))).orElse(""));
                }
            }
        }
        return record;
    }

    private static String number(double fraction) {
        return Double.isNaN(fraction) ? "" : Figures.percent(fraction);
    }
}

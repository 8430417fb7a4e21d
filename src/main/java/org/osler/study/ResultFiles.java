package org.osler.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.osler.AtomicFile;
import org.osler.InputException;

/**
 * The files of a results folder that people and other programs read, made anew from the store each time.
 * {@code docs/results.md} describes them.
 */
public final class ResultFiles {

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private ResultFiles() {}

    /**
     * Writes {@code results.csv}, {@code summary.csv} and {@code predictions/}; each file appears whole or not at all.
     *
     * @throws InputException if the folder cannot be written to, or the disk is full
     */
    public static void write(ResultStore store, Path folder) {
        List<TrialResult> results = store.results();
        try {
            AtomicFile.write(folder.resolve("results.csv"), csv(ResultColumns.ALL, results));
            AtomicFile.write(folder.resolve("summary.csv"), csv(SummaryColumns.ALL, Summary.of(results)));
            Predictions.write(store, results, folder.resolve(Predictions.FOLDER));
        } catch (IOException e) {
            throw new InputException(
                    "results cannot be written to " + folder + ": " + e.getMessage() + "; what was committed is kept",
                    e);
        }
    }

    private static <R> String csv(List<Column<R>> columns, List<R> rows) {
        StringBuilder out = new StringBuilder();
        try (var printer = new CSVPrinter(out, CSV)) {
            printer.printRecord(columns.stream().map(Column::name));
            for (R row : rows) {
                printer.printRecord(columns.stream().map(column -> column.text().apply(row)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return out.toString();
    }
}

package org.osler.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.osler.model.Prediction;

/** Predictions as CSV (RFC 4180), row by row. */
final class PredictionCsv {

    private static final String BETWEEN_LABELS = "|";

    private final CSVPrinter printer;

    /** Writes the header. */
    PredictionCsv(Writer writer, List<String> classes) throws IOException {
        this.printer = new CSVPrinter(writer, CSVFormat.RFC4180);
        List<String> header = new ArrayList<>(List.of("file", "label"));
        header.addAll(classes);
        printer.printRecord(header);
    }

    void row(String file, Prediction prediction) throws IOException {
        List<Object> row = new ArrayList<>();
        row.add(file);
        row.add(String.join(BETWEEN_LABELS, prediction.labels()));
        for (double score : prediction.scores()) {
            row.add(score);
        }
        printer.printRecord(row);
    }
}

package org.osler.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.review.Cause;
import org.osler.data.review.Link;
import org.osler.study.review.Audit;
import org.osler.study.review.Auditing;

/** Every image that has partners in another split, as CSV (RFC 4180). */
final class LeakTable {

    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private LeakTable() {}

    static String csv(Dataset dataset, Metadata metadata, Auditing.Found found) {
        StringBuilder out = new StringBuilder();
        try (var printer = new CSVPrinter(out, CSV)) {
            printer.printRecord(
                    "cause",
                    "split",
                    "image",
                    "label",
                    "other_split",
                    "other_image",
                    "other_label",
                    "others",
                    "group",
                    "similarity");
            for (Link link : found.leaks().links()) {
                printer.printRecord(
                        link.cause().id(),
                        link.split().id(),
                        Auditing.name(metadata, link.split(), link.index()),
                        Auditing.label(dataset, link.split(), link.index()),
                        link.other().id(),
                        Auditing.name(metadata, link.other(), link.partner()),
                        Auditing.label(dataset, link.other(), link.partner()),
                        link.partners(),
                        group(metadata, found.audit(), link),
                        Double.isNaN(link.similarity()) ? "" : String.format(Locale.ROOT, "%.4f", link.similarity()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string", e);
        }
        return out.toString();
    }

    private static String group(Metadata metadata, Audit audit, Link link) {
        return link.cause() == Cause.GROUP
                ? metadata.column(link.split(), audit.groups().orElseThrow().name())
                        .orElseThrow()
                        .get(link.index())
                : "";
    }
}

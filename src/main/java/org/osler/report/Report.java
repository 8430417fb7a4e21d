package org.osler.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.osler.AtomicFile;
import org.osler.study.ResultStore;

/** Writes {@code report.html}: everything a study found out, in one file that opens offline. */
public final class Report {

    /** The report's name in the results folder. */
    public static final String FILE = "report.html";

    private Report() {}

    /**
     * Writes the report of a results folder into it, in place of an older one.
     *
     * @param folder holds {@code results.db}, and {@link StudyCopy#FILE} if the report is to show the study
     * @param datasets finds labels and images; with {@link DatasetResolver#NONE} the report does without
     * @return the report's path
     * @throws org.osler.InputException if there are no results to read
     * @throws IOException if the report cannot be written
     */
    public static Path write(Path folder, DatasetResolver datasets) throws IOException {
        try (ResultStore store = ResultStore.read(folder);
                var testSets = new TestSets(datasets)) {
            String study = folder.toAbsolutePath().normalize().getFileName().toString();
            ReportModel model =
                    new ResultReader(store, testSets).read(study, Dates.text(Instant.now()), StudyCopy.of(folder));
            Path report = folder.resolve(FILE);
            AtomicFile.write(report, HtmlPage.of(model));
            return report;
        }
    }
}

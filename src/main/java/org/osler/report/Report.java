package org.osler.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.recommend.Recommendation;
import org.osler.report.review.Review;
import org.osler.report.review.ReviewTables;
import org.osler.report.tables.TableFiles;
import org.osler.study.ResultStore;
import org.osler.study.Summary;
import org.osler.study.review.Audit;
import org.osler.study.review.AuditFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code report.html}: everything a study found out, in one file that opens offline; and {@code tables/}, its
 * tables for papers; and what a reviewer asks of its datasets, as tables.
 */
public final class Report {

    /** The report's name in the results folder. */
    public static final String FILE = "report.html";

    private static final Logger LOG = LoggerFactory.getLogger(Report.class);

    private Report() {}

    /**
     * Writes the report and tables of a results folder into it, in place of older ones.
     *
     * @param folder holds {@code results.db}, and {@link StudyCopy#FILE} if the report is to show the study
     * @param datasets finds labels and images; with {@link DatasetResolver#NONE} the report does without
     * @return the report's path
     * @throws InputException if there are no results to read, or the folder is full or read-only
     * @throws IOException if the disk fails
     */
    public static Path write(Path folder, DatasetResolver datasets) throws IOException {
        JudgementFile remembered = JudgementFile.in(folder);
        ReportModel model = model(folder, datasets, remembered);
        Review review = review(folder, model);
        Path report = folder.resolve(FILE);
        write(report, HtmlPage.of(model, Recommendation.read(folder), review), model, review);
        try {
            remembered.write(folder);
        } catch (IOException e) {
            LOG.warn(
                    "{} is written, but what was computed for it cannot be kept for the next ({})",
                    report,
                    e.toString());
        }
        return report;
    }

    /**
     * The report of what a results folder holds so far, as one HTML text; writes nothing.
     *
     * @throws InputException if there are no results to read
     * @throws IOException if the disk fails
     */
    public static String page(Path folder, DatasetResolver datasets) throws IOException {
        return HtmlPage.of(model(folder, datasets, JudgementFile.empty()), Recommendation.read(folder), Review.NONE);
    }

    private static ReportModel model(Path folder, DatasetResolver datasets, JudgementFile remembered)
            throws IOException {
        try (ResultStore store = ResultStore.read(folder);
                var testSets = new TestSets(datasets)) {
            StudyCopy copy = StudyCopy.of(folder);
            String study = copy.name()
                    .orElse(folder.toAbsolutePath().normalize().getFileName().toString());
            return new ResultReader(store, testSets, remembered)
                    .read(study, Dates.text(Instant.now()), copy, StoredMaps.of(folder));
        }
    }

    /** What was found out about the datasets; only in the report that is kept, as it takes its time. */
    private static Review review(Path folder, ReportModel model) throws IOException {
        List<Audit> audits = AuditFile.all(folder);
        if (audits.isEmpty()) {
            return Review.NONE;
        }
        try (ResultStore store = ResultStore.read(folder)) {
            // By trial: others may have put results into the store since the model was read.
            Map<String, String> names = new HashMap<>();
            model.rows().forEach(row -> row.runs().forEach(run -> names.put(run.trial(), row.name())));
            return Review.of(store, Summary.of(store.results()), names, audits);
        }
    }

    private static void write(Path report, String page, ReportModel model, Review review) throws IOException {
        Path folder = report.toAbsolutePath().getParent();
        try {
            TableFiles.write(model.comparison().tables(), folder.resolve(TableFiles.FOLDER));
            ReviewTables.write(review, folder);
            AtomicFile.write(report, page);
        } catch (AccessDeniedException e) {
            throw new InputException("the report cannot be written to " + report + ": permission denied", e);
        } catch (FileSystemException e) {
            throw new InputException("the report cannot be written to " + report + ": " + e.getReason(), e);
        }
    }
}

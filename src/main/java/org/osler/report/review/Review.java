package org.osler.report.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.data.Split;
import org.osler.data.review.Division;
import org.osler.study.ResultStore;
import org.osler.study.SummaryRow;
import org.osler.study.review.Audit;

/**
 * What a reviewer asks of a study, answered.
 *
 * @param datasets one for each dataset and size that was audited
 */
public record Review(List<OfDataset> datasets) {

    /** Nothing was audited. */
    public static final Review NONE = new Review(List.of());

    public Review {
        datasets = List.copyOf(datasets);
    }

    /**
     * The answers for one dataset.
     *
     * @param title the dataset's name; with the size of its images where it was used in several
     * @param audit what was found out about it
     * @param leftOut of every setting; none if training knows none of its test images
     * @param judged by setting and column
     */
    record OfDataset(String title, Audit audit, List<LeftOut> leftOut, List<Judged> judged) {}

    /**
     * Answers, from what a results folder keeps. Settings are those of chosen learning rates.
     *
     * @param summary all settings
     * @param names what the report calls each of them, by their trials' ids
     * @param audits of the datasets
     */
    public static Review of(
            ResultStore store, List<SummaryRow> summary, Map<String, String> names, List<Audit> audits) {
        List<OfDataset> datasets = new ArrayList<>();
        for (Audit audit : audits) {
            List<Setting> settings = settings(store, summary, names, audit);
            if (!settings.isEmpty()) {
                boolean several = audits.stream()
                                .filter(other -> other.dataset().equals(audit.dataset()))
                                .count()
                        > 1;
                datasets.add(of(audit, settings, several));
            }
        }
        return new Review(datasets);
    }

    private static List<Setting> settings(
            ResultStore store, List<SummaryRow> summary, Map<String, String> names, Audit audit) {
        List<Setting> settings = new ArrayList<>();
        for (SummaryRow row : summary) {
            boolean made = row.setting().dataset().equals(audit.dataset())
                    && row.results().stream()
                            .allMatch(result -> result.provenance().dataMd5().equals(audit.hash()));
            String name = names.get(row.results().get(0).trial().id());
            if (row.selected() && made && name != null) {
                List<double[][]> scores = row.results().stream()
                        .map(result -> store.scores(result.trial().id(), Split.TEST))
                        .toList();
                settings.add(new Setting(name, row, scores));
            }
        }
        return settings;
    }

    private static OfDataset of(Audit audit, List<Setting> settings, boolean several) {
        var facts = settings.get(0).row().results().get(0).data();
        String title = several ? audit.dataset() + ", " + facts.width() + " × " + facts.height() : audit.dataset();
        List<LeftOut> leftOut = settings.parallelStream()
                // Of few shots training may not have seen a test image's partner.
                .filter(setting -> setting.row().setting().shots().isEmpty())
                .map(setting -> LeftOut.of(audit, setting))
                .flatMap(Optional::stream)
                .toList();
        int shares = settings.size() * Math.max(1, audit.divisions().size());
        List<Judged> judged = settings.parallelStream()
                .flatMap(setting -> audit.divisions().stream()
                        .map((Division division) -> Judged.of(audit, setting, division, shares)))
                .toList();
        return new OfDataset(title, audit, leftOut, judged);
    }
}

package org.osler.report.review;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osler.data.image.Picture;
import org.osler.study.review.AuditWords;

/**
 * What the templates print of a {@link Review}.
 *
 * @param warnings of datasets whose test images training knows
 * @param leaks of each dataset
 * @param subgroups of each dataset for which some were asked
 */
public record ReviewView(List<Warning> warnings, List<LeaksView> leaks, List<SubgroupsView> subgroups) {

    /** What a reader has to know before anything else. */
    public record Warning(String dataset, String text) {}

    /**
     * The texts.
     *
     * @param uri makes a data URI of a picture
     */
    public static ReviewView of(Review review, Function<Picture, String> uri) {
        return new ReviewView(
                review.datasets().stream()
                        .filter(dataset -> !dataset.leftOut().isEmpty())
                        .map(dataset -> new Warning(
                                dataset.title(), String.join(" ", AuditWords.ofTestInTrain(dataset.audit()))))
                        .toList(),
                review.datasets().stream()
                        .map(dataset -> LeaksView.of(dataset, uri))
                        .toList(),
                review.datasets().stream()
                        .map(SubgroupsView::of)
                        .flatMap(Optional::stream)
                        .toList());
    }
}

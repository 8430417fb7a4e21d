package org.osler.study;

import java.util.List;
import java.util.Optional;

/**
 * One setting over its seeds: everything of a trial but the seed.
 *
 * @param results the results of the setting, by seed
 * @param valAccuracy accuracy on validation, 0 to 1
 * @param valAuc AUC on validation, 0 to 1
 * @param accuracy accuracy on test, 0 to 1
 * @param auc AUC on test, 0 to 1
 * @param selected whether these learning rates are the best on validation among those tried for the setting
 * @param gridEdge names the learning rates that are the smallest or largest of two or more tried, if selected
 * @param published what the paper reports for the setting; only where selected
 */
public record SummaryRow(
        List<TrialResult> results,
        Statistic valAccuracy,
        Statistic valAuc,
        Statistic accuracy,
        Statistic auc,
        boolean selected,
        List<String> gridEdge,
        Optional<Published> published) {

    public SummaryRow {
        results = List.copyOf(results);
        gridEdge = List.copyOf(gridEdge);
    }

    /** The setting: a trial whose seed stands for all of them. */
    public Trial setting() {
        return results.get(0).trial();
    }

    /** The seeds, ascending. */
    public List<Long> seeds() {
        return results.stream().map(result -> result.trial().seed()).toList();
    }
}

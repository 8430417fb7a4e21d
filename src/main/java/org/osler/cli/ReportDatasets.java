package org.osler.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.data.DatasetStore;
import org.osler.report.DatasetResolver;
import org.osler.study.Trial;
import org.osler.study.TrialResult;
import org.osler.weights.Home;

/** Finds the datasets that results were made from, by their hash, among those unpacked in Osler's home. */
final class ReportDatasets {

    private ReportDatasets() {}

    static DatasetResolver of(List<TrialResult> results, Home home) {
        Map<Trial, TrialResult> byTrial =
                results.stream().collect(Collectors.toMap(TrialResult::trial, Function.identity()));
        var store = new DatasetStore(home);
        return trial -> {
            TrialResult result = byTrial.get(trial);
            return store.find(
                    result.provenance().dataMd5(),
                    trial.dataset(),
                    result.data().task(),
                    result.data().labels());
        };
    }
}

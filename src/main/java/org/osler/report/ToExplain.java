package org.osler.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.report.ReportModel.Example;
import org.osler.study.ProbeMaps.Wanted;
import org.osler.study.ResultStore;
import org.osler.study.Statistic;
import org.osler.study.Strategy;
import org.osler.study.Summary;
import org.osler.study.SummaryRow;
import org.osler.study.TrialResult;

/** The predictions that a report should explain: of each dataset's best probe, those of the images that are shown. */
public final class ToExplain {

    private ToExplain() {}

    /**
     * Reads which they are.
     *
     * @param results a results folder
     * @param datasets finds labels; what it does not find is not explained
     */
    public static List<Wanted> of(Path results, DatasetResolver datasets) throws IOException {
        List<Wanted> wanted = new ArrayList<>();
        try (ResultStore store = ResultStore.read(results);
                var testSets = new TestSets(datasets)) {
            List<SummaryRow> summary = Summary.of(store.results());
            Map<String, List<SummaryRow>> byDataset = summary.stream()
                    .filter(row -> row.selected()
                            && row.setting().strategy() instanceof Strategy.LinearProbe probe
                            && probe.onFeatures())
                    .collect(Collectors.groupingBy(
                            row -> row.setting().dataset(), LinkedHashMap::new, Collectors.toList()));
            for (List<SummaryRow> rows : byDataset.values()) {
                SummaryRow best = rows.stream()
                        .max(Comparator.comparingDouble(ToExplain::worth))
                        .orElseThrow();
                Optional<Dataset> dataset = testSets.of(best.results().get(0));
                if (dataset.isPresent()) {
                    List<Example> examples = Examples.pick(
                            dataset.get().labelNames(),
                            verdicts(best, store, dataset.get()),
                            ResultReader.imagesPerRow(summary.size()));
                    wanted.add(new Wanted(bestSeed(best).trial(), classes(examples, dataset.get())));
                }
            }
        }
        return wanted;
    }

    /** Of all runs of a row, which share the dataset. */
    private static List<Verdicts> verdicts(SummaryRow row, ResultStore store, Dataset dataset) {
        return row.results().stream()
                .map(result -> new Verdicts(
                        dataset.task(),
                        dataset.labels(Split.TEST),
                        store.scores(result.trial().id(), Split.TEST)))
                .toList();
    }

    private static double worth(SummaryRow row) {
        Statistic auc = row.auc();
        return (Answer.defined(auc) ? auc : row.accuracy()).mean();
    }

    /** Of the row's seeds the one that is best on validation. */
    private static TrialResult bestSeed(SummaryRow row) {
        return row.results().stream()
                .max(Comparator.comparingDouble(
                        result -> Double.isNaN(result.val().auc())
                                ? result.val().accuracy()
                                : result.val().auc()))
                .orElseThrow();
    }

    private static Map<Integer, Integer> classes(List<Example> examples, Dataset dataset) {
        Map<Integer, Integer> classes = new LinkedHashMap<>();
        for (Example example : examples) {
            int predicted = dataset.labelNames().indexOf(example.predicted());
            if (predicted < 0 && dataset.task() == Task.MULTI_LABEL) {
                // "no X": what speaks for X all the same.
                predicted = dataset.labelNames().indexOf(example.predicted().replaceFirst("^no ", ""));
            }
            classes.put(example.index(), predicted);
        }
        return classes;
    }
}

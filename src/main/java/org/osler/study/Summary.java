package org.osler.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Results over seeds, with learning rates chosen on validation.
 *
 * <p>Of the learning rates tried for a setting, the one with the highest mean validation accuracy is selected; of equal
 * ones the one with the higher mean validation AUC, then the smaller encoder learning rate, then the smaller head
 * learning rate. Test results take no part. Those with fewer seeds than others stand back until they are complete.
 */
public final class Summary {

    /** Means closer than this are equal: the sums of the same values in another order may differ in the last bits. */
    private static final double EQUAL_BELOW = 1e-12;

    private Summary() {}

    /** One row for each setting, in the order in which settings first appear. */
    public static List<SummaryRow> of(List<TrialResult> results) {
        Map<Trial, List<TrialResult>> bySetting = new LinkedHashMap<>();
        for (TrialResult result : results) {
            Trial setting = result.trial().with(result.trial().strategy(), 0);
            bySetting.computeIfAbsent(setting, key -> new ArrayList<>()).add(result);
        }
        Map<Trial, List<SummaryRow>> grids = new LinkedHashMap<>();
        List<SummaryRow> rows = bySetting.values().stream().map(Summary::row).toList();
        for (SummaryRow row : rows) {
            Trial setting = row.setting();
            Trial grid = setting.with(withoutLearningRates(setting.strategy()), 0);
            grids.computeIfAbsent(grid, key -> new ArrayList<>()).add(row);
        }
        Map<SummaryRow, SummaryRow> selected = new LinkedHashMap<>();
        grids.values().forEach(grid -> {
            SummaryRow best = best(grid);
            selected.put(best, select(best, grid));
        });
        return rows.stream().map(row -> selected.getOrDefault(row, row)).toList();
    }

    private static SummaryRow row(List<TrialResult> setting) {
        List<TrialResult> bySeed = setting.stream()
                .sorted(Comparator.comparing(result -> result.trial().seed()))
                .toList();
        return new SummaryRow(
                bySeed,
                statistic(bySeed, result -> result.val().accuracy()),
                statistic(bySeed, result -> result.val().auc()),
                statistic(bySeed, result -> result.test().accuracy()),
                statistic(bySeed, result -> result.test().auc()),
                false,
                List.of(),
                Optional.empty());
    }

    private static Statistic statistic(List<TrialResult> results, ToDoubleFunction<TrialResult> value) {
        return Statistic.of(results.stream().mapToDouble(value).boxed().toList());
    }

    /** The same for all strategies that differ by learning rates only. */
    static Strategy withoutLearningRates(Strategy strategy) {
        if (strategy instanceof Strategy.LinearProbe probe) {
            return new Strategy.LinearProbe(0, probe.batchNorm());
        }
        return strategy instanceof Strategy.FineTune ? new Strategy.FineTune(0, 0) : strategy;
    }

    private static SummaryRow best(List<SummaryRow> grid) {
        return grid.stream()
                .max(Comparator.comparingInt((SummaryRow row) -> row.accuracy().n())
                        .thenComparing(row -> rounded(row.valAccuracy().mean()))
                        .thenComparing(row -> rounded(row.valAuc().mean()))
                        .thenComparing(row -> rate(row, "encoder-lr"), Comparator.reverseOrder())
                        .thenComparing(row -> rate(row, "head-lr"), Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static long rounded(double mean) {
        return Double.isNaN(mean) ? Long.MIN_VALUE : Math.round(mean / EQUAL_BELOW);
    }

    private static double rate(SummaryRow row, String name) {
        return row.setting().strategy().learningRates().getOrDefault(name, 0.0);
    }

    private static SummaryRow select(SummaryRow best, List<SummaryRow> grid) {
        List<String> edge = new ArrayList<>();
        for (String name :
                new TreeSet<>(best.setting().strategy().learningRates().keySet())) {
            SortedSet<Double> tried =
                    new TreeSet<>(grid.stream().map(row -> rate(row, name)).toList());
            double chosen = rate(best, name);
            if (tried.size() > 1 && (chosen == tried.first() || chosen == tried.last())) {
                edge.add(name);
            }
        }
        return new SummaryRow(
                best.results(),
                best.valAccuracy(),
                best.valAuc(),
                best.accuracy(),
                best.auc(),
                true,
                edge,
                PublishedValues.find(best.setting(), best.seeds()));
    }
}

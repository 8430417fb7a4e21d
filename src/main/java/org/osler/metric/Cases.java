package org.osler.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of the cases, as several runs see them.
 *
 * @param task what is asked
 * @param labels {@code [n][L]}
 * @param units which of them hang together
 * @param runs one sample a run, of the same cases; none where there are no cases
 * @param classes C
 */
record Cases(Task task, int[][] labels, Units units, List<Sample> runs, int classes) {

    private static final double LEVEL = 0.95;

    static Cases of(Task task, int[][] labels, Units units, List<double[][]> runs, int... which) {
        int[][] own = Arrays.stream(which).mapToObj(i -> labels[i]).toArray(int[][]::new);
        List<Sample> samples = which.length == 0
                ? List.of()
                : runs.stream()
                        .map(scores -> new Sample(
                                task,
                                own,
                                Arrays.stream(which).mapToObj(i -> scores[i]).toArray(double[][]::new)))
                        .toList();
        return new Cases(task, own, units.only(which), samples, runs.get(0)[0].length);
    }

    int count() {
        return labels.length;
    }

    /** Cases of each class. */
    List<Integer> support() {
        return IntStream.range(0, classes).map(this::support).boxed().toList();
    }

    private int support(int c) {
        return (int) Arrays.stream(labels)
                .filter(row -> task == Task.MULTI_LABEL ? row[c] == 1 : row[0] == c)
                .count();
    }

    /** The classes with enough cases of them, and enough of others; a binary task has one question only, that of class 1. */
    List<Integer> rankable() {
        return IntStream.range(task == Task.BINARY ? 1 : 0, classes)
                .filter(c -> Math.min(support(c), count() - support(c)) >= Subgroup.FEWEST_OF_CLASS)
                .boxed()
                .toList();
    }

    List<WeightedMetric> accuracy() {
        return runs.stream().map(Accuracy::on).toList();
    }

    /** The mean AUC over classes, for each run. */
    List<WeightedMetric> auc(List<Integer> over) {
        return runs.stream().map(run -> auc(run, over)).toList();
    }

    private static WeightedMetric auc(Sample sample, List<Integer> over) {
        List<Ranking> rankings = over.stream().map(c -> Ranking.of(sample, c)).toList();
        return weights -> {
            double[] means = new double[weights.count()];
            for (Ranking ranking : rankings) {
                double[] aucs = ranking.aucs(weights);
                for (int r = 0; r < means.length; r++) {
                    means[r] += aucs[r] / rankings.size();
                }
            }
            return means;
        };
    }

    /** The mean over runs, and the ends of their 95 % intervals averaged over runs; all on the same resamples. */
    Subgroup.Estimate estimate(List<WeightedMetric> metrics, int resamples, long seed) {
        double low = 0;
        double high = 0;
        var resampling = new Resampling(units, resamples, seed);
        for (WeightedMetric metric : metrics) {
            Interval interval = Bootstrap.interval(resampling.values(metric), LEVEL);
            low += interval.low() / metrics.size();
            high += interval.high() / metrics.size();
        }
        return new Subgroup.Estimate(mean(metrics), new Interval(low, high));
    }

    /** The mean over runs on each resample. */
    double[] resampled(List<WeightedMetric> metrics, int resamples, long seed) {
        var resampling = new Resampling(units, resamples, seed);
        double[] means = new double[resamples];
        for (WeightedMetric metric : metrics) {
            double[] values = resampling.values(metric);
            Arrays.setAll(means, r -> means[r] + values[r] / metrics.size());
        }
        return means;
    }

    /** The mean over runs, every case counted once. */
    double mean(List<WeightedMetric> metrics) {
        return mean(metrics, Weights.once(count()))[0];
    }

    /** The mean over runs on each of several sets of cases. */
    static double[] mean(List<WeightedMetric> metrics, Weights weights) {
        double[] means = new double[weights.count()];
        for (WeightedMetric metric : metrics) {
            double[] values = metric.of(weights);
            Arrays.setAll(means, r -> means[r] + values[r] / metrics.size());
        }
        return means;
    }
}

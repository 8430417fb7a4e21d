package org.osler.report.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osler.metric.Metric;
import org.osler.metric.compare.DeLong;
import org.osler.metric.compare.PairedBootstrap;
import org.osler.study.Statistic;
import org.osler.study.SummaryRow;
import org.osler.study.TrialResult;

/**
 * The best encoder of a dataset against the runner-up, on the same test images.
 *
 * <p>What is compared are the means over seeds. Binary AUCs by DeLong's test, with the mean over seeds as its contrast;
 * everything else by the bootstrap, with the mean over seeds taken on each resample.
 *
 * @param dataset the dataset's name
 * @param best the encoder with the highest mean
 * @param bestNumber its mean and spread over seeds
 * @param runnerUp the encoder with the second highest
 * @param runnerUpNumber its mean and spread over seeds
 * @param difference of the means
 * @param test what the images say; empty if the dataset's labels are not at hand
 */
public record Duel(
        String dataset,
        String best,
        Statistic bestNumber,
        String runnerUp,
        Statistic runnerUpNumber,
        double difference,
        Optional<OverImages> test) {

    private static final double LEVEL = 0.95;

    /**
     * The difference over test images.
     *
     * @param method {@code DeLong} or {@code bootstrap}
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param p two-sided; NaN if the test is not defined
     */
    public record OverImages(String method, double low, double high, double p) {}

    static List<Duel> all(Grid grid, TestSplits splits) {
        var duels = new ArrayList<Duel>();
        grid.rows().forEach((dataset, rows) -> {
            List<String> byMean = rows.keySet().stream()
                    .sorted(Comparator.comparingDouble(encoder -> -grid.mean(dataset, encoder)))
                    .toList();
            if (byMean.size() > 1) {
                SummaryRow first = rows.get(byMean.get(0));
                SummaryRow second = rows.get(byMean.get(1));
                Statistic best = grid.number(first);
                Statistic next = grid.number(second);
                duels.add(new Duel(
                        dataset,
                        byMean.get(0),
                        best,
                        byMean.get(1),
                        next,
                        best.mean() - next.mean(),
                        test(first, second, grid.metric(), splits)));
            }
        });
        return duels;
    }

    private static Optional<OverImages> test(SummaryRow first, SummaryRow second, Metric metric, TestSplits splits) {
        Optional<OverImages> exact = metric == Metric.AUC ? deLong(first, second, splits) : Optional.empty();
        return exact.isPresent() ? exact : bootstrap(first, second, metric, splits);
    }

    private static Optional<OverImages> deLong(SummaryRow first, SummaryRow second, TestSplits splits) {
        List<TrialResult> results = new ArrayList<>(first.results());
        results.addAll(second.results());
        double[][] scores = new double[results.size()][];
        double[] contrast = new double[results.size()];
        boolean[] positive = {};
        for (int i = 0; i < scores.length; i++) {
            Optional<TestSplits.Binary> split = splits.binary(results.get(i));
            if (split.isEmpty()) {
                return Optional.empty();
            }
            positive = split.get().positive();
            scores[i] = split.get().scores();
            contrast[i] = i < first.results().size()
                    ? 1.0 / first.results().size()
                    : -1.0 / second.results().size();
        }
        DeLong test = DeLong.of(positive, scores, contrast);
        double half = test.halfWidth(LEVEL);
        return Optional.of(new OverImages("DeLong", test.difference() - half, test.difference() + half, test.p()));
    }

    private static Optional<OverImages> bootstrap(
            SummaryRow first, SummaryRow second, Metric metric, TestSplits splits) {
        return mean(first, metric, splits)
                .flatMap(a -> mean(second, metric, splits).map(b -> {
                    PairedBootstrap test = PairedBootstrap.of(a, b, LEVEL);
                    return new OverImages("bootstrap", test.low(), test.high(), test.p());
                }));
    }

    /** The mean over seeds on each resample. */
    private static Optional<double[]> mean(SummaryRow row, Metric metric, TestSplits splits) {
        double[] mean = null;
        for (TrialResult result : row.results()) {
            Optional<double[]> values = splits.resampled(result, metric);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            double[] own = values.get();
            if (mean == null) {
                mean = new double[own.length];
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] += own[i] / row.results().size();
            }
        }
        return Optional.ofNullable(mean);
    }
}

package org.osler.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.osler.data.Split;
import org.osler.metric.Metric;
import org.osler.metric.Task;
import org.osler.report.ranking.TestSplits;
import org.osler.study.ResultStore;
import org.osler.study.TrialResult;

/** The scores of a store beside the labels of the datasets at hand. */
record StoredSplits(ResultStore store, TestSets testSets, Resamples resamples) implements TestSplits {

    @Override
    public Optional<double[]> resampled(TrialResult result, Metric metric) {
        return resamples.of(result.trial().id(), metric);
    }

    @Override
    public Optional<Binary> binary(TrialResult result) {
        if (result.data().task() != Task.BINARY) {
            return Optional.empty();
        }
        try {
            // DeLong's test takes cases for independent of each other.
            return testSets.of(result)
                    .filter(dataset -> testSets.units(dataset).areCases())
                    .map(dataset -> binary(
                            dataset.labels(Split.TEST),
                            store.scores(result.trial().id(), Split.TEST)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Binary binary(int[][] labels, double[][] scores) {
        boolean[] positive = new boolean[labels.length];
        double[] ofSecond = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            positive[i] = labels[i][0] == 1;
            ofSecond[i] = scores[i][1];
        }
        return new Binary(positive, ofSecond);
    }
}

package org.osler.report.ranking;

import java.util.Optional;
import org.osler.metric.Metric;
import org.osler.study.TrialResult;

/** What is known of trials on the single images of their test splits. */
public interface TestSplits {

    /**
     * A metric on resamples of the test images; the same resamples for all trials of one test split. Empty if the
     * dataset is not at hand, or the metric not defined.
     */
    Optional<double[]> resampled(TrialResult result, Metric metric);

    /** Labels and scores of a binary task; empty for other tasks, or if the dataset is not at hand. */
    Optional<Binary> binary(TrialResult result);

    /**
     * A binary test split.
     *
     * @param positive {@code [N]} whether the image is of the second class
     * @param scores {@code [N]} the trial's scores of that class
     */
    record Binary(boolean[] positive, double[] scores) {}
}

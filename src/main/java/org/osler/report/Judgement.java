package org.osler.report;

import java.util.List;
import org.osler.metric.Metric;
import org.osler.metric.Units;
import org.osler.report.ReportModel.Bin;
import org.osler.report.ReportModel.Example;

/**
 * What is to be said of a row's runs once their scores are held against the single test images: the part of a report
 * that takes its time.
 *
 * @param runs one a run, in order
 * @param examples test images, as {@link Examples} picks them
 */
record Judgement(List<OfRun> runs, List<Example> examples) {

    /**
     * One run's.
     *
     * @param accuracies on each resample of the test images
     * @param aucs likewise; NaN if not defined
     * @param bins its reliability diagram
     */
    record OfRun(double[] accuracies, double[] aucs, List<Bin> bins) {}

    /**
     * Judges.
     *
     * @param names of the labels
     * @param runs verdicts of the row's runs on the same test images
     * @param units which test images hang together
     * @param images how many examples to pick
     */
    static Judgement of(List<String> names, List<Verdicts> runs, Units units, Resamples resamples, int images) {
        List<OfRun> judged = runs.stream()
                .map(run -> new OfRun(
                        resamples.draw(run, units, Metric.ACCURACY),
                        resamples.draw(run, units, Metric.AUC),
                        Reliability.bins(run)))
                .toList();
        return new Judgement(judged, Examples.pick(names, runs, images));
    }
}

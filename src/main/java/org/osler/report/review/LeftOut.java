package org.osler.report.review;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.osler.data.review.Cause;
import org.osler.metric.Bootstrap;
import org.osler.metric.Evaluation;
import org.osler.metric.Interval;
import org.osler.metric.Metric;
import org.osler.metric.StandardisedAccuracy;
import org.osler.metric.Subgroup.Estimate;
import org.osler.metric.Units;
import org.osler.study.review.Audit;

/**
 * What one setting is worth on all test images, and without those that training knows.
 *
 * @param setting its name
 * @param parts all test images first
 */
record LeftOut(Setting setting, List<Part> parts) {

    private static final double LEVEL = 0.95;
    private static final int MOST_RESAMPLES = 1000;
    private static final int FEWEST_RESAMPLES = 200;

    /** Scores that are weighed in all for an interval. */
    private static final long WEIGHED = 100_000_000;

    /**
     * Some of the test images.
     *
     * @param causes why images were left out; none: none were
     * @param images how many are left
     * @param accuracy on them; mean over the seeds, ends of the interval averaged over them
     * @param sameMix accuracy if their classes were as frequent as among all test images, see {@link StandardisedAccuracy}
     * @param auc on them
     */
    record Part(Set<Cause> causes, int images, Estimate accuracy, Estimate sameMix, Estimate auc) {}

    /** Judges a setting; empty if training knows none of the test images, or all. */
    static Optional<LeftOut> of(Audit audit, Setting setting) {
        List<Set<Cause>> asked = new ArrayList<>();
        List<BitSet> known = new ArrayList<>();
        asked.add(Set.of());
        known.add(new BitSet());
        List<Set<Cause>> candidates = new ArrayList<>();
        audit.lookedFor().forEach(cause -> candidates.add(Set.of(cause)));
        candidates.add(audit.lookedFor());
        for (Set<Cause> causes : candidates) {
            BitSet out = audit.testInTrain(causes);
            // The same images for another cause would be the same numbers again.
            if (!known.contains(out) && out.cardinality() < audit.testLabels().length) {
                asked.add(causes);
                known.add(out);
            }
        }
        if (asked.size() == 1) {
            return Optional.empty();
        }
        List<Part> parts = IntStream.range(0, asked.size())
                .mapToObj(k -> part(audit, setting, asked.get(k), known.get(k)))
                .toList();
        return Optional.of(new LeftOut(setting, parts));
    }

    private static Part part(Audit audit, Setting setting, Set<Cause> causes, BitSet out) {
        int[] kept = IntStream.range(0, audit.testLabels().length)
                .filter(i -> !out.get(i))
                .toArray();
        int[][] labels = IntStream.of(kept).mapToObj(i -> audit.testLabels()[i]).toArray(int[][]::new);
        List<double[][]> runs = setting.scores().stream()
                .map(scores -> IntStream.of(kept).mapToObj(i -> scores[i]).toArray(double[][]::new))
                .toList();
        Units units = audit.units().only(kept);
        return new Part(
                causes,
                kept.length,
                estimate(audit, labels, runs, units, Metric.ACCURACY),
                StandardisedAccuracy.of(
                        audit.task(), labels, runs, units, audit.testLabels(), resamples(labels, runs), 0),
                estimate(audit, labels, runs, units, Metric.AUC));
    }

    private static int resamples(int[][] labels, List<double[][]> runs) {
        long size = (long) labels.length * runs.get(0)[0].length;
        return (int) Math.max(FEWEST_RESAMPLES, Math.min(MOST_RESAMPLES, WEIGHED / size));
    }

    private static Estimate estimate(Audit audit, int[][] labels, List<double[][]> runs, Units units, Metric metric) {
        double value = 0;
        double low = 0;
        double high = 0;
        int resamples = resamples(labels, runs);
        for (double[][] scores : runs) {
            value += Evaluation.of(audit.task(), labels, scores).value(metric) / runs.size();
            Interval interval = Bootstrap.interval(audit.task(), labels, scores, metric, units, resamples, LEVEL, 0);
            low += interval.low() / runs.size();
            high += interval.high() / runs.size();
        }
        return new Estimate(value, new Interval(low, high));
    }
}

package org.osler.study.review;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osler.data.review.Division;
import org.osler.metric.Bootstrap;
import org.osler.metric.Evaluation;
import org.osler.metric.Interval;
import org.osler.metric.Metric;
import org.osler.metric.StandardisedAccuracy;
import org.osler.metric.Subgroup;
import org.osler.metric.SubgroupGap;
import org.osler.metric.Subgroups;
import org.osler.metric.Units;

/** What a reviewer asks of one model's test, in sentences. */
public final class TestRemarks {

    private static final int RESAMPLES = 1000;
    private static final int PERMUTATIONS = 999;
    private static final double LEVEL = 0.95;

    private final Audit audit;
    private final double[][] scores;

    private TestRemarks(Audit audit, double[][] scores) {
        this.audit = audit;
        this.scores = scores;
    }

    /**
     * The sentences: what splits share, what the model is worth without the test images that training knows, and what it is
     * worth on each subgroup.
     *
     * @param scores of the model on the test split, {@code [N][C]}
     */
    public static List<String> of(Audit audit, double[][] scores) {
        TestRemarks remarks = new TestRemarks(audit, scores);
        List<String> all = new ArrayList<>(AuditWords.of(audit));
        BitSet known = audit.testInTrain(audit.lookedFor());
        if (!known.isEmpty() && known.cardinality() < scores.length) {
            all.add(remarks.without(known));
        }
        audit.divisions().forEach(division -> all.add(remarks.subgroups(division)));
        return all;
    }

    private String without(BitSet known) {
        int[] kept =
                IntStream.range(0, scores.length).filter(i -> !known.get(i)).toArray();
        int[][] labels = IntStream.of(kept).mapToObj(i -> audit.testLabels()[i]).toArray(int[][]::new);
        double[][] left = IntStream.of(kept).mapToObj(i -> scores[i]).toArray(double[][]::new);
        Units units = audit.units().only(kept);
        double sameMix = StandardisedAccuracy.of(
                        audit.task(), labels, List.<double[][]>of(left), units, audit.testLabels(), RESAMPLES, 0)
                .value();
        return String.format(
                Locale.ROOT,
                "Without %s: %s, %s on the %,d others%s.",
                known.cardinality() == 1 ? "it" : String.format(Locale.ROOT, "these %,d", known.cardinality()),
                metric(labels, left, units, Metric.ACCURACY, "ACC"),
                metric(labels, left, units, Metric.AUC, "AUC"),
                kept.length,
                Double.isNaN(sameMix)
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; ACC %s with classes as frequent as in the whole test split",
                                percent(sameMix)));
    }

    private String metric(int[][] labels, double[][] left, Units units, Metric metric, String name) {
        double value = Evaluation.of(audit.task(), labels, left).value(metric);
        Interval interval = Bootstrap.interval(audit.task(), labels, left, metric, units, RESAMPLES, LEVEL, 0);
        return name + " " + percent(value)
                + (Double.isNaN(interval.low())
                        ? ""
                        : String.format(Locale.ROOT, " (%.1f–%.1f)", 100 * interval.low(), 100 * interval.high()));
    }

    private String subgroups(Division division) {
        Subgroups judged = Subgroups.of(
                audit.task(),
                audit.testLabels(),
                List.<double[][]>of(scores),
                audit.units(),
                division.member().stream().mapToInt(group -> group).toArray(),
                division.names().size(),
                new Subgroups.Draws(RESAMPLES, PERMUTATIONS, 0));
        String groups = IntStream.range(0, division.names().size())
                .mapToObj(g -> group(division.names().get(g), judged.groups().get(g)))
                .collect(Collectors.joining("; "));
        return "By " + division.column() + ": " + groups + "."
                + judged.accuracyGap().map(TestRemarks::gap).orElse("");
    }

    private static String group(String name, Subgroup group) {
        String images = String.format(Locale.ROOT, "%,d images", group.cases());
        return group.isLargeEnough()
                ? "%s ACC %s, AUC %s (%s)"
                        .formatted(
                                name,
                                percent(group.accuracy().value()),
                                percent(group.auc().value()),
                                images)
                : name + " too few (" + images + ")";
    }

    private static String gap(SubgroupGap gap) {
        return Double.isNaN(gap.p())
                ? String.format(
                        Locale.ROOT,
                        " ACC gap %.1f points (no p: images that belong together are in several subgroups).",
                        100 * gap.value())
                : String.format(
                        Locale.ROOT,
                        " ACC gap %.1f points (p %.3f; with the groups' mix of classes kept, p %.3f).",
                        100 * gap.value(),
                        gap.p(),
                        gap.pWithinClasses());
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
}

package org.osler.recommend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.metric.Accuracy;
import org.osler.metric.Bootstrap;
import org.osler.metric.Interval;
import org.osler.metric.Metric;
import org.osler.metric.Resampling;
import org.osler.metric.RocAuc;
import org.osler.metric.Task;
import org.osler.metric.Units;
import org.osler.metric.compare.Holm;
import org.osler.metric.compare.PairedBootstrap;
import org.osler.study.WeightsKind;

/**
 * Ranks encoders by the AUC of linear probes on training images that they have not seen, and tells which differences from
 * the first are more than chance: all encoders are judged on the same resamples of images, or of groups of images where
 * there are some.
 *
 * <p>That the first was chosen for being first makes its AUC a little optimistic, the more so the closer the others are; a
 * test that chooses first and compares then has the same bias. Both shrink as images grow in number.
 */
final class Standings {

    private static final double LEVEL = 0.95;
    private static final long SEED = 0;

    private static final int RESAMPLES = 2000;
    private static final int FEWEST_RESAMPLES = 200;

    /** So often a comparison's smallest p, 2/(1 + resamples), must pass Holm's correction. */
    private static final double RESERVE = 2;

    /** Scores that are weighed at most for one encoder; the larger the dataset, the fewer resamples its intervals need. */
    private static final long WEIGHED = 400_000_000;

    private final Task task;
    private final int[][] labels;
    private final int classes;
    private final Units units;

    /**
     * Ranks nothing yet.
     *
     * @param labels {@code [N][1 or L]} of the images that encoders are judged on
     * @param classes C
     * @param units which of them belong together
     */
    Standings(Task task, int[][] labels, int classes, Units units) {
        this.task = task;
        this.labels = labels;
        this.classes = classes;
        this.units = units;
    }

    /** An encoder with its AUC and that on each resample. */
    private record Judged(
            Candidate candidate, Tried tried, Optional<Standing.Test> test, double auc, double[] resampled) {}

    /**
     * Ranks.
     *
     * @param tried what came of each encoder
     * @param tests what the study's own probes are worth on test, of those that have it
     * @return best first
     */
    List<Standing> of(Map<Candidate, Tried> tried, Map<Candidate, Standing.Test> tests) {
        var resampling = new Resampling(units, resamples(tried.size() - 1), SEED);
        List<Judged> judged = new ArrayList<>(tried.entrySet().parallelStream()
                .map(entry -> judge(
                        entry.getKey(), entry.getValue(), Optional.ofNullable(tests.get(entry.getKey())), resampling))
                .toList());
        judged.sort(Comparator.comparingDouble((Judged each) -> -each.auc())
                .thenComparing(each -> each.candidate().multiplyAdds()));
        List<Optional<Standing.Behind>> behind = behind(judged);
        return IntStream.range(0, judged.size())
                .mapToObj(i -> standing(judged.get(i), behind.get(i)))
                .toList();
    }

    /** As many as size allows, yet enough for a difference to be told at all. */
    private int resamples(int comparisons) {
        long size = (long) labels.length * classes;
        long fewest = Math.max(FEWEST_RESAMPLES, (long) Math.ceil(RESERVE * 2 * comparisons / Standing.Behind.ALPHA));
        return (int) Math.max(fewest, Math.min(RESAMPLES, WEIGHED / size));
    }

    private Judged judge(Candidate candidate, Tried tried, Optional<Standing.Test> test, Resampling resampling) {
        double[][] scores = tried.scores().probe();
        return new Judged(
                candidate,
                tried,
                test,
                RocAuc.of(task, labels, scores).value(),
                resampling.values(task, labels, scores, Metric.AUC));
    }

    private static List<Optional<Standing.Behind>> behind(List<Judged> judged) {
        Judged first = judged.get(0);
        List<PairedBootstrap> compared = judged.stream()
                .skip(1)
                .map(each -> PairedBootstrap.of(each.resampled(), first.resampled(), LEVEL))
                .toList();
        boolean undefined = Arrays.stream(first.resampled()).anyMatch(Double::isNaN);
        double[] corrected =
                Holm.adjust(compared.stream().mapToDouble(PairedBootstrap::p).toArray());
        List<Optional<Standing.Behind>> behind = new ArrayList<>(List.of(Optional.empty()));
        for (int i = 0; i < compared.size(); i++) {
            behind.add(Optional.of(new Standing.Behind(
                    judged.get(i + 1).auc() - first.auc(),
                    new Interval(compared.get(i).low(), compared.get(i).high()),
                    undefined ? Double.NaN : corrected[i])));
        }
        return behind;
    }

    private Standing standing(Judged judged, Optional<Standing.Behind> behind) {
        Candidate candidate = judged.candidate();
        double[][] scores = judged.tried().scores().probe();
        return new Standing(
                candidate.id(),
                candidate.card().paperName(),
                candidate.choice().weights() == WeightsKind.RANDOM,
                candidate.multiplyAdds(),
                judged.auc(),
                Bootstrap.interval(judged.resampled(), LEVEL),
                Accuracy.of(task, labels, scores),
                behind,
                RocAuc.of(task, labels, judged.tried().scores().neighbours()).value(),
                judged.tried().logMe(),
                judged.test());
    }
}

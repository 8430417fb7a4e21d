package org.osler.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Accuracy and AUC of each of several groups of test cases, and the gaps between them.
 *
 * <p>Groups too small ({@link Subgroup#FEWEST_CASES}) have no numbers. A group's AUC is the mean over the classes of which it
 * has enough cases ({@link Subgroup#FEWEST_OF_CLASS}); groups may so differ in the classes they are judged by. The gap in AUC
 * is over those that all groups which have an AUC have in common.
 *
 * @param groups one for each group, in order
 * @param accuracyGap between the best and the worst group; empty where fewer than two are large enough
 * @param aucGap the same of the AUC; empty where fewer than two groups have one, or have no class in common
 */
public record Subgroups(List<Subgroup> groups, Optional<SubgroupGap> accuracyGap, Optional<SubgroupGap> aucGap) {

    public Subgroups {
        groups = List.copyOf(groups);
    }

    /**
     * How much chance is drawn.
     *
     * @param resamples of each group, for intervals
     * @param permutations for p
     * @param seed decides both
     */
    public record Draws(int resamples, int permutations, long seed) {}

    /**
     * Judges groups.
     *
     * @param labels {@code [N][L]}
     * @param runs of each run {@code [N][C]} scores of the same cases; at least one
     * @param units which of the cases hang together
     * @param member {@code [N]}: the group of each case, 0 … {@code groups} − 1
     * @throws IllegalArgumentException if labels and scores do not fit the task or each other
     */
    public static Subgroups of(
            Task task, int[][] labels, List<double[][]> runs, Units units, int[] member, int groups, Draws draws) {
        if (member.length != labels.length) {
            throw new IllegalArgumentException(member.length + " members but " + labels.length + " cases");
        }
        List<Cases> parts = IntStream.range(0, groups)
                .mapToObj(g -> Cases.of(
                        task,
                        labels,
                        units,
                        runs,
                        IntStream.range(0, member.length)
                                .filter(i -> member[i] == g)
                                .toArray()))
                .toList();
        List<Subgroup> judged = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            judged.add(judge(parts.get(g), draws, draws.seed() + g));
        }
        var gaps = new SubgroupGaps(Cases.of(task, labels, units, runs, all(member.length)), parts, member, draws);
        return new Subgroups(judged, gaps.accuracy(), gaps.auc());
    }

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static Subgroup judge(Cases cases, Draws draws, long seed) {
        List<Integer> support = cases.support();
        if (cases.count() < Subgroup.FEWEST_CASES) {
            return new Subgroup(cases.count(), support, Subgroup.Estimate.NONE, Subgroup.Estimate.NONE, List.of());
        }
        List<Integer> classes = cases.rankable();
        return new Subgroup(
                cases.count(),
                support,
                cases.estimate(cases.accuracy(), draws.resamples(), seed),
                classes.isEmpty()
                        ? Subgroup.Estimate.NONE
                        : cases.estimate(cases.auc(classes), draws.resamples(), seed),
                classes);
    }
}

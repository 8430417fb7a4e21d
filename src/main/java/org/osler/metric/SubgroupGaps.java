package org.osler.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osler.SeededRandom;

/**
 * Gaps between groups, and permutation tests of them (Good 2005, chapter 3): under the null hypothesis that a case's group
 * says nothing of how it is answered, any division into groups of these sizes is as likely as the one at hand. Its statistic
 * is the largest difference between any two groups, so that the number of groups is accounted for. Of cases that hang
 * together whole units change places; there is no test if one unit is in several groups.
 *
 * @param all every case
 * @param parts the cases of each group
 * @param member the group of each case
 */
record SubgroupGaps(Cases all, List<Cases> parts, int[] member, Subgroups.Draws draws) {

    private static final double LEVEL = 0.95;

    /** Equal but for the order in which floating-point numbers are added. */
    private static final double EQUAL_BELOW = 1e-12;

    /** Permutations that are judged at once, … */
    private static final int LARGEST_BLOCK = 128;

    /** … and fewer where there are many cases: 16 MB a group. */
    private static final int MOST_WEIGHTS = 16_000_000;

    Optional<SubgroupGap> accuracy() {
        List<Integer> groups = IntStream.range(0, parts.size())
                .filter(g -> parts.get(g).count() >= Subgroup.FEWEST_CASES)
                .boxed()
                .toList();
        if (groups.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(gap(groups, List.of(), all.accuracy()));
    }

    Optional<SubgroupGap> auc() {
        List<Integer> groups = IntStream.range(0, parts.size())
                .filter(g -> parts.get(g).count() >= Subgroup.FEWEST_CASES
                        && !parts.get(g).rankable().isEmpty())
                .boxed()
                .toList();
        List<Integer> common = new ArrayList<>(all.rankable());
        groups.forEach(g -> common.retainAll(parts.get(g).rankable()));
        if (groups.size() < 2 || common.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(gap(groups, common, all.auc(common)));
    }

    /**
     * The gap between some groups.
     *
     * @param classes of an AUC; empty for accuracy
     * @param metrics of each run, on all cases
     */
    private SubgroupGap gap(List<Integer> groups, List<Integer> classes, List<WeightedMetric> metrics) {
        double[] values = values(groups, metrics, List.of(member)).get(0);
        int best = 0;
        int worst = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
            worst = values[k] < values[worst] ? k : worst;
        }
        double gap = values[best] - values[worst];
        double[] difference = resampled(groups.get(best), classes);
        double[] subtracted = resampled(groups.get(worst), classes);
        Arrays.setAll(difference, b -> difference[b] - subtracted[b]);
        return new SubgroupGap(
                groups.get(best),
                groups.get(worst),
                values[best],
                values[worst],
                Bootstrap.interval(difference, LEVEL),
                classes.isEmpty() ? p(gap, groups, metrics, new int[all.units().count()]) : Double.NaN,
                p(gap, groups, metrics, classesOfUnits()),
                classes);
    }

    /** The mean over runs on each of some groups, for each of several divisions of the cases. */
    private static List<double[]> values(List<Integer> groups, List<WeightedMetric> metrics, List<int[]> divisions) {
        double[][] byGroup = groups.stream()
                .map(g -> {
                    // A division's group is a resample that holds the cases of the group once.
                    var weights = new Weights(divisions.get(0).length, divisions.size());
                    for (int d = 0; d < divisions.size(); d++) {
                        for (int i = 0; i < divisions.get(d).length; i++) {
                            if (divisions.get(d)[i] == g) {
                                weights.draw(i, d);
                            }
                        }
                    }
                    weights.drawn();
                    return Cases.mean(metrics, weights);
                })
                .toArray(double[][]::new);
        return IntStream.range(0, divisions.size())
                .mapToObj(d ->
                        Arrays.stream(byGroup).mapToDouble(values -> values[d]).toArray())
                .toList();
    }

    /** The mean over runs on resamples of one group. */
    private double[] resampled(int group, List<Integer> classes) {
        Cases cases = parts.get(group);
        return cases.resampled(
                classes.isEmpty() ? cases.accuracy() : cases.auc(classes), draws.resamples(), draws.seed() + group);
    }

    /** Numbers that are equal for units whose cases have the same labels, however many have each. */
    private int[] classesOfUnits() {
        Map<Set<String>, Integer> numbers = new HashMap<>();
        return Arrays.stream(all.units().members())
                .map(cases -> Arrays.stream(cases)
                        .mapToObj(i -> Arrays.toString(all.labels()[i]))
                        .collect(Collectors.toSet()))
                .mapToInt(labels -> numbers.computeIfAbsent(labels, key -> numbers.size()))
                .toArray();
    }

    /**
     * How often chance gives as large a gap; NaN where a unit is in several groups.
     *
     * @param strata of the units; only those of the same change places
     */
    private double p(double gap, List<Integer> groups, List<WeightedMetric> metrics, int... strata) {
        int[][] units = all.units().members();
        if (Arrays.stream(units).anyMatch(cases -> Arrays.stream(cases).anyMatch(i -> member[i] != member[cases[0]]))) {
            return Double.NaN;
        }
        SeededRandom random = SeededRandom.of(draws.seed(), "permutations");
        List<int[]> places = places(units, groups, strata);
        int block = Math.max(1, Math.min(LARGEST_BLOCK, MOST_WEIGHTS / member.length));
        int as = 0;
        for (int done = 0; done < draws.permutations(); done += block) {
            List<int[]> divisions = new ArrayList<>();
            for (int k = done; k < Math.min(draws.permutations(), done + block); k++) {
                divisions.add(permuted(units, places, random));
            }
            for (double[] values : values(groups, metrics, divisions)) {
                double range = Arrays.stream(values).max().orElseThrow()
                        - Arrays.stream(values).min().orElseThrow();
                as += range >= gap - EQUAL_BELOW ? 1 : 0;
            }
        }
        return (1.0 + as) / (1 + draws.permutations());
    }

    /** The members of each stratum in another order. */
    private int[] permuted(int[][] units, List<int[]> places, SeededRandom random) {
        int[] division = member.clone();
        for (int[] stratum : places) {
            int[] order = random.permutation(stratum.length);
            for (int k = 0; k < stratum.length; k++) {
                for (int i : units[stratum[k]]) {
                    division[i] = member[units[stratum[order[k]]][0]];
                }
            }
        }
        return division;
    }

    /** The units of each stratum that are in one of the groups. */
    private List<int[]> places(int[][] units, List<Integer> groups, int... strata) {
        Map<Integer, List<Integer>> byStratum = new HashMap<>();
        for (int u = 0; u < units.length; u++) {
            if (groups.contains(member[units[u][0]])) {
                byStratum.computeIfAbsent(strata[u], key -> new ArrayList<>()).add(u);
            }
        }
        return byStratum.values().stream()
                .map(list -> list.stream().mapToInt(u -> u).toArray())
                .toList();
    }
}

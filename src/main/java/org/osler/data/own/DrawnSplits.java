package org.osler.data.own;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.SeededRandom;
import org.osler.data.Split;

/**
 * Draws splits: stratified by class, whole groups kept together, the same for the same seed.
 *
 * <p>Groups are shuffled by the seed and placed one by one, the largest first, each into the split where the sum over
 * classes of (images − wanted)² / wanted grows least; Pearson's statistic of the shares that were asked for. An image
 * without a group is a group of its own, and then every class is divided as exactly as whole images allow.
 */
final class DrawnSplits {

    private final Map<Split, double[]> wanted = new EnumMap<>(Split.class);
    private final Map<Split, double[]> placed = new EnumMap<>(Split.class);

    private DrawnSplits(Map<Split, Double> shares, double[] totals) {
        shares.forEach((split, share) -> {
            double[] target = new double[totals.length];
            for (int c = 0; c < totals.length; c++) {
                target[c] = share * totals[c];
            }
            wanted.put(split, target);
            placed.put(split, new double[totals.length]);
        });
    }

    /**
     * Draws.
     *
     * @param classes the classes that each image counts for, 0 … C−1
     * @param groups what each image belongs to; null: to nothing
     * @param shares parts of 1 of the splits that are drawn
     * @param seed decides which images go where
     * @return the split of each image
     */
    static Split[] draw(List<int[]> classes, List<String> groups, Map<Split, Double> shares, long seed) {
        int count = classes.stream().flatMapToInt(Arrays::stream).max().orElse(0) + 1;
        double[] totals = new double[count];
        for (int[] each : classes) {
            for (int c : each) {
                totals[c]++;
            }
        }
        var draw = new DrawnSplits(shares, totals);
        Split[] result = new Split[classes.size()];
        for (List<Integer> group : ordered(groups, seed)) {
            Map<Integer, Integer> counts = new LinkedHashMap<>();
            group.forEach(i -> {
                for (int c : classes.get(i)) {
                    counts.merge(c, 1, Integer::sum);
                }
            });
            Split split = draw.place(counts);
            group.forEach(i -> result[i] = split);
        }
        return result;
    }

    /** Largest groups first; among those of one size, as the seed shuffles them. */
    private static List<List<Integer>> ordered(List<String> groups, long seed) {
        Map<String, List<Integer>> named = new HashMap<>();
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Integer> members = groups.get(i) == null ? null : named.get(groups.get(i));
            if (members == null) {
                members = new ArrayList<>();
                all.add(members);
                if (groups.get(i) != null) {
                    named.put(groups.get(i), members);
                }
            }
            members.add(i);
        }
        List<List<Integer>> shuffled = new ArrayList<>();
        for (int i : SeededRandom.of(seed, "splits").permutation(all.size())) {
            shuffled.add(all.get(i));
        }
        shuffled.sort(Comparator.comparingInt((List<Integer> members) -> members.size())
                .reversed());
        return shuffled;
    }

    private Split place(Map<Integer, Integer> counts) {
        Split best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Split split : wanted.keySet()) {
            double growth = 0;
            for (var entry : counts.entrySet()) {
                int c = entry.getKey();
                double n = entry.getValue();
                // ((a + n − w)² − (a − w)²) / w
                double missing = wanted.get(split)[c] - placed.get(split)[c];
                growth += n * (n - 2 * missing) / wanted.get(split)[c];
            }
            if (growth < least) {
                least = growth;
                best = split;
            }
        }
        double[] target = placed.get(best);
        counts.forEach((c, n) -> target[c] += n);
        return best;
    }
}

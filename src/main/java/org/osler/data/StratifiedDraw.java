package org.osler.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.SeededRandom;

/**
 * Divides images into parts: stratified by class, whole groups kept together, the same for the same seed.
 *
 * <p>Groups are shuffled by the seed and placed one by one, the largest first, each into the part where the sum over
 * classes of (images − wanted)² / wanted grows least; Pearson's statistic of the shares that were asked for. An image
 * without a group is a group of its own, and then every class is divided as exactly as whole images allow.
 */
public final class StratifiedDraw {

    /** [parts][C]. */
    private final double[][] wanted;

    private final double[][] placed;

    private StratifiedDraw(List<Double> shares, double[] totals) {
        wanted = new double[shares.size()][totals.length];
        placed = new double[shares.size()][totals.length];
        for (int part = 0; part < wanted.length; part++) {
            for (int c = 0; c < totals.length; c++) {
                wanted[part][c] = shares.get(part) * totals[c];
            }
        }
    }

    /**
     * Draws.
     *
     * @param classes the classes that each image counts for, 0 … C−1
     * @param groups what each image belongs to; null: to nothing
     * @param shares of the parts, each above 0, 1 in all
     * @param seed decides which images go where
     * @param purpose what is drawn; different purposes give independent draws
     * @return the part of each image, from 0
     */
    public static int[] draw(List<int[]> classes, List<String> groups, List<Double> shares, long seed, String purpose) {
        int count = classes.stream().flatMapToInt(Arrays::stream).max().orElse(0) + 1;
        double[] totals = new double[count];
        for (int[] each : classes) {
            for (int c : each) {
                totals[c]++;
            }
        }
        var draw = new StratifiedDraw(shares, totals);
        int[] result = new int[classes.size()];
        for (List<Integer> group : ordered(groups, SeededRandom.of(seed, purpose))) {
            Map<Integer, Integer> counts = new LinkedHashMap<>();
            group.forEach(i -> {
                for (int c : classes.get(i)) {
                    counts.merge(c, 1, Integer::sum);
                }
            });
            int part = draw.place(counts);
            group.forEach(i -> result[i] = part);
        }
        return result;
    }

    /** Largest groups first; among those of one size, as they are shuffled. */
    private static List<List<Integer>> ordered(List<String> groups, SeededRandom random) {
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
        for (int i : random.permutation(all.size())) {
            shuffled.add(all.get(i));
        }
        shuffled.sort(Comparator.comparingInt((List<Integer> members) -> members.size())
                .reversed());
        return shuffled;
    }

    private int place(Map<Integer, Integer> counts) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int part = 0; part < wanted.length; part++) {
            double growth = 0;
            for (var entry : counts.entrySet()) {
                int c = entry.getKey();
                double n = entry.getValue();
                // ((a + n − w)² − (a − w)²) / w
                double missing = wanted[part][c] - placed[part][c];
                growth += n * (n - 2 * missing) / wanted[part][c];
            }
            if (growth < least) {
                least = growth;
                best = part;
            }
        }
        double[] target = placed[best];
        counts.forEach((c, n) -> target[c] += n);
        return best;
    }
}

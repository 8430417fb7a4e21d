package org.osler.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which cases hang together: images of one patient, one lesion. Chance draws and exchanges such units whole, since the cases
 * of one say less than as many of several would (Davison and Hinkley 1997, section 3.8).
 *
 * @param of {@code [N]}: the unit of each case, 0 … U − 1, each of which has a case
 */
public record Units(int... of) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is left out
     */
    public Units {
        boolean[] seen = new boolean[most(of) + 1];
        for (int unit : of) {
            seen[unit] = true;
        }
        for (int u = 0; u < seen.length; u++) {
            if (!seen[u]) {
                throw new IllegalArgumentException("unit " + u + " of " + seen.length + " has no case");
            }
        }
    }

    /** Every case by itself. */
    public static Units alone(int cases) {
        return new Units(IntStream.range(0, cases).toArray());
    }

    /** Cases of the same name together; those whose name is null by themselves. */
    public static Units named(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] units = new int[names.size()];
        int next = 0;
        for (int i = 0; i < units.length; i++) {
            Integer known = names.get(i) == null ? null : numbers.get(names.get(i));
            if (known == null) {
                known = next++;
                numbers.put(names.get(i), known);
            }
            units[i] = known;
        }
        return new Units(units);
    }

    /** Some of the cases: what hangs together still does. */
    public Units only(int... cases) {
        Map<Integer, Integer> numbers = new HashMap<>();
        return new Units(IntStream.of(cases)
                .map(i -> numbers.computeIfAbsent(of[i], unit -> numbers.size()))
                .toArray());
    }

    /** N. */
    public int cases() {
        return of.length;
    }

    /** U. */
    public int count() {
        return most(of) + 1;
    }

    /** Whether every case is by itself. */
    public boolean areCases() {
        return count() == cases();
    }

    /** The cases of each unit, ascending: {@code [U][…]}. */
    public int[][] members() {
        int[] sizes = new int[count()];
        for (int unit : of) {
            sizes[unit]++;
        }
        int[][] members = new int[sizes.length][];
        for (int u = 0; u < sizes.length; u++) {
            members[u] = new int[sizes[u]];
        }
        for (int i = of.length - 1; i >= 0; i--) {
            members[of[i]][--sizes[of[i]]] = i;
        }
        return members;
    }

    private static int most(int... numbers) {
        return IntStream.of(numbers).max().orElse(-1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Units units && Arrays.equals(of, units.of);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(of);
    }

    @Override
    public String toString() {
        return count() + " units of " + cases() + " cases";
    }
}

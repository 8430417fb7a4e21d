package org.osler.study;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The valid name that a misspelt one most likely meant. */
public final class Nearest {

    /** Lists of valid names longer than this are not written out. */
    private static final int LISTED = 24;

    /** In names up to this length, one edit is a slip and two are another name. */
    private static final int SHORT = 3;

    private Nearest() {}

    /** The nearest name, if it is near enough to be a slip of the pen; of equally near ones the first. */
    static Optional<String> to(String given, Collection<String> names) {
        return nearest(given, names).stream().findFirst();
    }

    /** {@code did you mean "x"?}, or what is valid if nothing is near or several are equally so. */
    public static String hint(String given, Collection<String> names) {
        List<String> nearest = nearest(given, names);
        if (nearest.size() != 1 && names.size() <= LISTED) {
            return "valid: " + String.join(", ", names);
        }
        return nearest.isEmpty() ? containing(given, names).orElse("no name is near it") : meant(nearest.get(0));
    }

    /** Who writes "dinov2" wants one of the names that contain it: {@code did you mean one of x, y?} */
    static Optional<String> containing(String given, Collection<String> names) {
        String wanted = given.toLowerCase(Locale.ROOT);
        List<String> longer = names.stream()
                .distinct()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        if (longer.size() == 1) {
            return Optional.of(meant(longer.get(0)));
        }
        return longer.isEmpty() || longer.size() > LISTED
                ? Optional.empty()
                : Optional.of("did you mean one of " + String.join(", ", longer) + "?");
    }

    private static String meant(String name) {
        return "did you mean \"" + name + "\"?";
    }

    private static List<String> nearest(String given, Collection<String> names) {
        String wanted = given.toLowerCase(Locale.ROOT);
        int allowed = given.length() <= SHORT ? 1 : Math.max(2, given.length() / 3);
        Map<Integer, List<String>> byDistance = names.stream()
                .collect(Collectors.groupingBy(
                        name -> distance(wanted, name.toLowerCase(Locale.ROOT)), TreeMap::new, Collectors.toList()));
        return byDistance.entrySet().stream()
                .limit(1)
                .filter(entry -> entry.getKey() <= allowed)
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    /**
     * The least number of insertions, deletions, substitutions and swaps of neighbours that turn one string into the
     * other, no part being edited twice (optimal string alignment, Damerau 1964).
     */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
            }
        }
        return cost[a.length()][b.length()];
    }
}

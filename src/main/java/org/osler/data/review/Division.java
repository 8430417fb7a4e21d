package org.osler.data.review;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.osler.InputException;

/**
 * Images divided into subgroups by what one column says of them.
 *
 * <p>Words are groups of their own, sorted by letters; numbers of few values, too, sorted by value. Numbers of many values
 * are cut into bands: at given edges; a column whose name says that it is an age at 30, 45, 60 and 75; any other at its
 * quartiles. Cells that are empty or say that nothing is known are a group {@code unknown}, the last.
 *
 * @param column the column's name
 * @param names of the groups, each with one image at least
 * @param member the group of each image
 */
public record Division(String column, List<String> names, List<Integer> member) {

    /** The name of the group of images of which nothing is known. */
    public static final String UNKNOWN = "unknown";

    /** What is left of a column with more values than {@link #MOST_GROUPS}. */
    private static final String OTHERS = "others";

    /** Numbers of more values than this are cut into bands. */
    private static final int MOST_NUMBERS = 8;

    private static final int MOST_GROUPS = 40;
    private static final List<Double> AGES = List.of(30.0, 45.0, 60.0, 75.0);
    private static final Pattern AGE = Pattern.compile("(?i)(.*[^a-z])?age([^a-z].*)?");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})([eE][+-]?\\d{1,2})?");

    public Division {
        names = List.copyOf(names);
        member = List.copyOf(member);
    }

    /**
     * Divides.
     *
     * @param column what is asked for
     * @param cells of each image, as they were written
     * @throws InputException if edges are given for a column with values that are no numbers
     */
    public static Division of(SubgroupColumn column, List<String> cells) {
        List<String> known = cells.stream()
                .filter(cell -> !Unknown.is(cell))
                .map(String::strip)
                .toList();
        Optional<String> word =
                known.stream().filter(cell -> !NUMBER.matcher(cell).matches()).findFirst();
        if (word.isPresent() && !column.edges().isEmpty()) {
            throw new InputException("subgroups: %s is cut at %s, but has values that are no numbers, such as \"%s\""
                    .formatted(column.name(), column.edges(), word.get()));
        }
        if (word.isPresent() || known.isEmpty()) {
            return ofWords(column.name(), cells);
        }
        double[] numbers = known.stream().mapToDouble(Double::parseDouble).toArray();
        if (column.edges().isEmpty() && Arrays.stream(numbers).distinct().count() <= MOST_NUMBERS) {
            return ofNumbers(column.name(), cells);
        }
        return ofBands(column.name(), cells, new Bands(edges(column, numbers), isWhole(numbers)));
    }

    private static Division ofWords(String column, List<String> cells) {
        Map<String, Integer> counts = new TreeMap<>();
        cells.stream()
                .map(String::strip)
                .filter(cell -> !Unknown.is(cell))
                .forEach(cell -> counts.merge(cell, 1, Integer::sum));
        TreeSet<String> kept = new TreeSet<>(counts.keySet().stream()
                .sorted((a, b) -> counts.get(b) - counts.get(a))
                .limit(counts.size() > MOST_GROUPS ? MOST_GROUPS - 1 : MOST_GROUPS)
                .toList());
        List<String> order = new ArrayList<>(kept);
        if (kept.size() < counts.size()) {
            order.remove(OTHERS); // a word of the column's own joins those that are cut
            order.add(OTHERS);
        }
        return of(
                column,
                order,
                cells.stream()
                        .map(cell -> kept.contains(cell.strip()) ? cell.strip() : OTHERS)
                        .toList(),
                cells);
    }

    private static Division ofNumbers(String column, List<String> cells) {
        TreeMap<Double, String> values = new TreeMap<>();
        cells.stream()
                .filter(cell -> !Unknown.is(cell))
                .forEach(cell -> values.computeIfAbsent(Double.parseDouble(cell.strip()), value -> Bands.plain(value)));
        return of(
                column,
                List.copyOf(values.values()),
                cells.stream()
                        .map(cell -> Unknown.is(cell) ? UNKNOWN : values.get(Double.parseDouble(cell.strip())))
                        .toList(),
                cells);
    }

    private static Division ofBands(String column, List<String> cells, Bands bands) {
        return of(
                column,
                bands.names(),
                cells.stream()
                        .map(cell -> Unknown.is(cell)
                                ? UNKNOWN
                                : bands.names().get(bands.of(Double.parseDouble(cell.strip()))))
                        .toList(),
                cells);
    }

    /**
     * Numbers the groups that have images.
     *
     * @param order of the groups' names but the unknown
     * @param named the group of each image, whatever is known of it
     */
    private static Division of(String column, List<String> order, List<String> named, List<String> cells) {
        List<String> all = IntStream.range(0, cells.size())
                .mapToObj(i -> Unknown.is(cells.get(i)) ? UNKNOWN : named.get(i))
                .toList();
        List<String> names =
                new ArrayList<>(order.stream().filter(all::contains).toList());
        if (all.contains(UNKNOWN) && !names.contains(UNKNOWN)) {
            names.add(UNKNOWN);
        }
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return new Division(column, names, all.stream().map(numbers::get).toList());
    }

    private static List<Double> edges(SubgroupColumn column, double... numbers) {
        if (!column.edges().isEmpty()) {
            return column.edges();
        }
        if (AGE.matcher(column.name()).matches()) {
            return AGES;
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        TreeSet<Double> quartiles = new TreeSet<>();
        for (int quarter = 1; quarter < 4; quarter++) {
            quartiles.add(sorted[(int) ((long) quarter * sorted.length / 4)]);
        }
        quartiles.remove(sorted[0]);
        if (quartiles.isEmpty()) {
            // Three quarters of the images have the lowest value: those above it are one band.
            quartiles.add(Arrays.stream(sorted)
                    .filter(number -> number > sorted[0])
                    .findFirst()
                    .orElseThrow());
        }
        return List.copyOf(quartiles);
    }

    private static boolean isWhole(double... numbers) {
        return Arrays.stream(numbers).allMatch(number -> number == Math.rint(number));
    }

    /**
     * Bands of numbers.
     *
     * @param edges ascending
     * @param whole whether all numbers are whole, so that bands may be named by the last one in them
     */
    private record Bands(List<Double> edges, boolean whole) {

        /** The band of a number, 0 to {@code edges}. */
        int of(double number) {
            return (int) edges.stream().filter(edge -> number >= edge).count();
        }

        List<String> names() {
            boolean ends =
                    whole && isWhole(edges.stream().mapToDouble(edge -> edge).toArray());
            List<String> names = new ArrayList<>();
            names.add("< " + plain(edges.get(0)));
            for (int i = 1; i < edges.size(); i++) {
                double low = edges.get(i - 1);
                double high = edges.get(i);
                names.add(
                        ends
                                ? high - low == 1 ? plain(low) : plain(low) + "–" + plain(high - 1)
                                : plain(low) + " to < " + plain(high));
            }
            names.add("≥ " + plain(edges.get(edges.size() - 1)));
            return names;
        }

        static String plain(double number) {
            return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
        }
    }
}

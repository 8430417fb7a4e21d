package org.osler.data.own;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.metric.Task;

/**
 * Labels as numbers.
 *
 * @param names of the classes, in order; of the labels, where there are several
 * @param rows of every entry of the listing: the class; or 0 or 1 for each label
 * @param multiLabel whether each name is a label that an image has or has not
 */
record LabelNumbers(List<String> names, int[][] rows, boolean multiLabel) {

    /** Beyond this a column holds no classes, but something else. */
    private static final int MOST_CLASSES = 1000;

    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final Map<String, Integer> TRUTH =
            Map.of("0", 0, "1", 1, "0.0", 0, "1.0", 1, "false", 0, "true", 1, "False", 0, "True", 1);

    /**
     * Numbers a listing's labels. Classes that are not named are sorted: by value where all are whole numbers, else by
     * letters.
     *
     * @throws InputException if a label is none of those named, or no 0 or 1 where there are several label columns
     */
    static LabelNumbers of(Listing listing, ImageSettings settings) {
        boolean multiLabel = !listing.labelColumns().isEmpty()
                || settings.task().filter(task -> task == Task.MULTI_LABEL).isPresent();
        return multiLabel ? several(listing, settings) : classes(listing, settings);
    }

    private static LabelNumbers classes(Listing listing, ImageSettings settings) {
        List<String> names = settings.labels().isEmpty() ? found(listing, settings) : settings.labels();
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        Problems problems = new Problems();
        List<int[]> rows = new ArrayList<>();
        for (Listing.Entry entry : listing.entries()) {
            String label = entry.labels().get(0);
            if (!numbers.containsKey(label)) {
                problems.add("%s: label \"%s\" is none of %s".formatted(entry.name(), label, String.join(", ", names)));
            }
            rows.add(new int[] {numbers.getOrDefault(label, 0)});
        }
        problems.throwIfAny(
                settings.path(), "image has a label that is not named", "images have labels that are not named", "");
        return new LabelNumbers(names, rows.toArray(new int[0][]), false);
    }

    private static List<String> found(Listing listing, ImageSettings settings) {
        TreeSet<String> found = new TreeSet<>();
        listing.entries().forEach(entry -> found.add(entry.labels().get(0)));
        if (found.size() > MOST_CLASSES) {
            throw new InputException("%s: the label takes %,d values, such as \"%s\"; that is no class"
                    .formatted(settings.path(), found.size(), found.first()));
        }
        boolean numbers = found.stream().allMatch(name -> WHOLE.matcher(name).matches());
        return numbers
                ? found.stream()
                        .sorted(Comparator.<String>comparingInt(Integer::parseInt)
                                .thenComparing(Comparator.naturalOrder()))
                        .toList()
                : List.copyOf(found);
    }

    private static LabelNumbers several(Listing listing, ImageSettings settings) {
        List<String> columns = listing.labelColumns().isEmpty() ? List.of("label") : listing.labelColumns();
        List<String> names = settings.labels().isEmpty() ? columns : settings.labels();
        if (names.size() != columns.size()) {
            throw new InputException("%s has %d label columns, but %d labels are named: %s"
                    .formatted(settings.path(), columns.size(), names.size(), String.join(", ", names)));
        }
        // The columns' own names in another order say the order; other names stand for the columns in theirs.
        boolean reordered = new HashSet<>(names).equals(new HashSet<>(columns));
        int[] columnOf = IntStream.range(0, names.size())
                .map(c -> reordered ? columns.indexOf(names.get(c)) : c)
                .toArray();
        Problems problems = new Problems();
        int[][] rows = new int[listing.entries().size()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            Listing.Entry entry = listing.entries().get(i);
            for (int c = 0; c < columns.size(); c++) {
                String cell = entry.labels().get(columnOf[c]);
                Integer truth = TRUTH.get(cell);
                if (truth == null) {
                    problems.add("%s: %s is \"%s\"; a label of several is 0 or 1"
                            .formatted(entry.name(), columns.get(columnOf[c]), cell));
                } else {
                    rows[i][c] = truth;
                }
            }
        }
        problems.throwIfAny(settings.path(), "label is wrong", "labels are wrong", "");
        return new LabelNumbers(names, rows, true);
    }
}

package org.osler.data.review;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osler.data.Dataset;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.metric.Units;

/**
 * The column that tells which images belong together.
 *
 * @param name the column's
 * @param guessed true if nobody named it, but it looks like one
 * @param groups how many groups there are, in all splits
 * @param images how many images belong to one
 */
public record GroupColumn(String name, boolean guessed, int groups, int images) {

    /** Whom or what several images are of. */
    private static final Pattern OWNER =
            Pattern.compile("(?i)(^|.*[^a-z])(patient|lesion|case|subject|person|participant|"
                    + "individual|donor|animal|study|exam|examination|visit|series|slide|eye|nodule|tumou?r|specimen)"
                    + "([^a-z]*(id|uid|no|nr|num|number|name|code|key))?");

    /** Whom images are of; what else they may be of belongs to somebody. */
    private static final Pattern PERSON = Pattern.compile(
            "(?i)(^|.*[^a-z])(patient|subject|person|participant|individual|donor|animal)([^a-z].*|id|uid)?|pid|mrn");

    /** Counts images within something else, and begins anew with each. */
    private static final Pattern PLACE =
            Pattern.compile("(?i)(^|.*[^a-z])(slice|frame|row|page|index|image|file)([^a-z].*)?");

    /** {@code …_id}, {@code …Id}, {@code …ID}, {@code …UID}. */
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?i:.*[^a-z](id|uid))|.*[a-z](Id|ID|Uid|UID)|(?i:pid|mrn)");

    /** What has more images than this a value, on average, is a site or a device rather than a patient. */
    private static final int MOST_IMAGES = 50;

    private static final int FEWEST_GROUPS = 5;

    /**
     * The column that was named; where none was, the one that looks most like groups: by its name (of a patient, a lesion,
     * a case …, or an identifier) and its values, many of which occur a few times each. Of several one of patients comes
     * first, then one of what patients have, then an identifier of who knows what; of equals the one with the fewest groups.
     */
    public static Optional<GroupColumn> of(Metadata metadata) {
        Optional<String> named = metadata.groupColumn();
        if (named.isPresent()) {
            return Optional.of(column(metadata, named.get(), false));
        }
        List<GroupColumn> candidates = new ArrayList<>();
        for (String name : metadata.columns()) {
            boolean suits =
                    OWNER.matcher(name).matches() || IDENTIFIER.matcher(name).matches();
            if (suits && !PLACE.matcher(name).matches()) {
                GroupColumn column = column(metadata, name, true);
                if (column.repeatsAFewTimes()) {
                    candidates.add(column);
                }
            }
        }
        return candidates.stream()
                .min(Comparator.comparingInt(GroupColumn::distance).thenComparingInt(GroupColumn::groups));
    }

    /** Which images of a split belong together, by the column that {@link #of} finds; without one none do. */
    public static Units units(Dataset dataset, Split split) throws IOException {
        Metadata metadata = dataset.metadata();
        return of(metadata)
                .map(column -> Units.named(column.cells(metadata, split)))
                .orElseGet(() -> Units.alone(dataset.count(split)));
    }

    /** The group of each image of a split; null where it is not known. */
    public List<String> cells(Metadata metadata, Split split) {
        List<String> cells = new ArrayList<>(metadata.column(split, name).orElseThrow());
        cells.replaceAll(cell -> Unknown.is(cell) ? null : cell);
        return cells;
    }

    /** How far what the name speaks of is from a patient. */
    private int distance() {
        if (PERSON.matcher(name).matches()) {
            return 0;
        }
        return OWNER.matcher(name).matches() ? 1 : 2;
    }

    private boolean repeatsAFewTimes() {
        return groups >= FEWEST_GROUPS && groups < images && images <= (long) MOST_IMAGES * groups;
    }

    private static GroupColumn column(Metadata metadata, String name, boolean guessed) {
        Map<String, Integer> counts = new HashMap<>();
        for (Split split : Split.values()) {
            for (String cell : metadata.column(split, name).orElseThrow()) {
                if (!Unknown.is(cell)) {
                    counts.merge(cell, 1, Integer::sum);
                }
            }
        }
        int images = counts.values().stream().mapToInt(count -> count).sum();
        return new GroupColumn(name, guessed, counts.size(), images);
    }
}

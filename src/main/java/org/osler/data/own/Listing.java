package org.osler.data.own;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osler.data.Split;

/**
 * The images of a dataset as a folder or a manifest lists them, in a fixed order.
 *
 * @param root the folder that names are relative to
 * @param entries the images, at least one
 * @param columns names of the metadata columns, the first is {@code image}
 * @param group the metadata column of groups, if there is one
 * @param labelColumns names of several label columns; empty: each image has one class
 * @param notes what the user should know
 */
record Listing(
        Path root,
        List<Entry> entries,
        List<String> columns,
        Optional<String> group,
        List<String> labelColumns,
        List<String> notes) {

    private static final Map<String, Split> SPLITS = Map.of(
            "train", Split.TRAIN,
            "training", Split.TRAIN,
            "val", Split.VAL,
            "valid", Split.VAL,
            "validation", Split.VAL,
            "test", Split.TEST,
            "testing", Split.TEST);

    Listing {
        entries = List.copyOf(entries);
        columns = List.copyOf(columns);
        labelColumns = List.copyOf(labelColumns);
        notes = List.copyOf(notes);
    }

    /**
     * An image.
     *
     * @param file where it lies
     * @param name relative to the root, {@code /} between folders
     * @param labels its class; of several label columns, what each says
     * @param split the one it is given to; empty: none is given
     * @param group what keeps it together with others; empty: nothing does
     * @param row values of the metadata columns
     */
    record Entry(
            Path file,
            String name,
            List<String> labels,
            Optional<Split> split,
            Optional<String> group,
            List<String> row) {}

    /** The split that a folder's name or a cell means; whether letters are large does not matter. */
    static Optional<Split> split(String word) {
        return Optional.ofNullable(SPLITS.get(word.toLowerCase(Locale.ROOT)));
    }
}

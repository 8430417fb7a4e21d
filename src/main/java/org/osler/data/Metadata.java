package org.osler.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is known of each image beside its label: where it came from and what a manifest's other columns say.
 *
 * @param group the column that tells which images belong together (a patient's, a lesion's); null: none does
 * @param columns names of the columns; the first is {@link #IMAGE}; none for datasets that have no metadata
 * @param rows of each split, in the order of its images: the values of all columns, as they were written
 */
public record Metadata(String group, List<String> columns, Map<Split, List<List<String>>> rows) {

    /** The column of image files, relative to the folder or the manifest, {@code /} between folders. */
    public static final String IMAGE = "image";

    private static final String FILE = "metadata.json";

    public Metadata {
        columns = List.copyOf(columns);
        rows = Map.copyOf(rows);
    }

    /** That of a dataset that has none. */
    static Metadata none() {
        Map<Split, List<List<String>>> rows = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            rows.put(split, List.of());
        }
        return new Metadata(null, List.of(), rows);
    }

    /** The column of groups, if there is one. */
    public Optional<String> groupColumn() {
        return Optional.ofNullable(group);
    }

    /**
     * One column of a split, in the order of its images; an empty cell is an empty text. Empty if there is no such
     * column.
     */
    public Optional<List<String>> column(Split split, String name) {
        int at = columns.indexOf(name);
        return at < 0
                ? Optional.empty()
                : Optional.of(rows.get(split).stream().map(row -> row.get(at)).toList());
    }

    /** The same without some images. */
    Metadata without(Map<Split, BitSet> leftOut) {
        Map<Split, List<List<String>>> kept = new EnumMap<>(Split.class);
        rows.forEach((split, all) -> kept.put(
                split,
                IntStream.range(0, all.size())
                        .filter(i -> !leftOut.get(split).get(i))
                        .mapToObj(all::get)
                        .toList()));
        return new Metadata(group, columns, kept);
    }

    /** The same for those images only that another one knows. */
    Metadata forImagesOf(Metadata other) {
        Map<Split, List<List<String>>> kept = new EnumMap<>(Split.class);
        rows.forEach((split, all) -> {
            Set<String> names = Set.copyOf(other.column(split, IMAGE).orElse(List.of()));
            kept.put(
                    split,
                    all.stream().filter(row -> names.contains(row.get(0))).toList());
        });
        return new Metadata(group, columns, kept);
    }

    /** Keeps it in a dataset's folder. */
    void write(Path folder) throws IOException {
        CheckedJson.write(folder.resolve(FILE), this);
    }

    /** What a dataset's folder keeps; empty if it is not there, or damaged. */
    static Optional<Metadata> read(Path folder) throws IOException {
        return CheckedJson.read(folder.resolve(FILE), Metadata.class);
    }
}

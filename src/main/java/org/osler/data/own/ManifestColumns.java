package org.osler.data.own;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.data.Metadata;

/**
 * Where in a row of a manifest things stand.
 *
 * @param image the column of image files
 * @param labels the column of classes, or several of labels
 * @param labelNames names of several labels; empty: one column of classes
 * @param split the column of splits, if there is one
 * @param group the column of groups, if there is one
 * @param names of all columns
 */
record ManifestColumns(
        int image,
        List<Integer> labels,
        List<String> labelNames,
        Optional<Integer> split,
        Optional<Integer> group,
        List<String> names) {

    private static final String LABEL = "label";
    private static final String EACH_LABEL = "label:";

    /**
     * Finds the columns.
     *
     * @throws InputException if one is named that is not there, or image or label cannot be told
     */
    static ManifestColumns of(Path csv, List<String> header, Columns wanted) {
        if (new HashSet<>(header).size() < header.size()) {
            throw new InputException(csv + ": two columns have the same name; the first line names the columns: "
                    + String.join(", ", header));
        }
        int image = find(csv, header, wanted.image().orElse(Metadata.IMAGE), "image");
        List<Integer> labels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (!wanted.label().isEmpty()) {
            wanted.label().forEach(name -> labels.add(find(csv, header, name, LABEL)));
            names.addAll(wanted.label());
        } else if (header.contains(LABEL)) {
            labels.add(header.indexOf(LABEL));
        } else {
            IntStream.range(0, header.size())
                    .filter(i -> header.get(i).startsWith(EACH_LABEL))
                    .forEach(i -> {
                        labels.add(i);
                        names.add(header.get(i).substring(EACH_LABEL.length()).strip());
                    });
        }
        if (labels.isEmpty()) {
            find(csv, header, LABEL, LABEL);
        }
        boolean single =
                labels.size() == 1 && (names.isEmpty() || !wanted.label().isEmpty());
        return new ManifestColumns(
                image,
                List.copyOf(labels),
                single ? List.of() : List.copyOf(names),
                optional(csv, header, wanted.split(), "split"),
                optional(csv, header, wanted.group(), "group"),
                List.copyOf(header));
    }

    private static Optional<Integer> optional(Path csv, List<String> header, Optional<String> wanted, String usual) {
        if (wanted.isPresent()) {
            return Optional.of(find(csv, header, wanted.get(), usual));
        }
        return Optional.of(header.indexOf(usual)).filter(at -> at >= 0);
    }

    private static int find(Path csv, List<String> header, String name, String meaning) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new InputException(
                    "%s has no column \"%s\"; it has %s. Say which one holds the %s with columns: {%s: NAME}"
                            .formatted(csv, name, String.join(", ", header), meaning, meaning));
        }
        return at;
    }

    /** Names of the metadata columns: {@code image}, then all others of the manifest. */
    List<String> metadata() {
        List<String> result = new ArrayList<>(List.of(Metadata.IMAGE));
        others().forEach(i -> result.add(names.get(i)));
        return result;
    }

    /** The metadata of a row. */
    List<String> metadata(String name, List<String> cells) {
        List<String> result = new ArrayList<>(List.of(name));
        others().forEach(i -> result.add(cells.get(i)));
        return result;
    }

    private List<Integer> others() {
        return IntStream.range(0, names.size())
                .filter(i -> i != image && !names.get(i).equals(Metadata.IMAGE))
                .boxed()
                .toList();
    }
}

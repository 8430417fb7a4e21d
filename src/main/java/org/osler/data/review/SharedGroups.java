package org.osler.data.review;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.osler.data.Metadata;
import org.osler.data.Split;

/** Images of different splits that belong to the same group: to one patient, one lesion. */
public final class SharedGroups {

    private SharedGroups() {}

    /**
     * Finds them.
     *
     * @param column of the metadata; an image whose cell is empty or says that it is unknown belongs to no group
     * @return links of the cause {@link Cause#GROUP}
     * @throws IllegalArgumentException if there is no such column
     */
    public static List<Link> of(Metadata metadata, String column) {
        Map<Split, List<String>> groups = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            List<String> cells = metadata.column(split, column)
                    .orElseThrow(() -> new IllegalArgumentException("no column " + column));
            // No List.of: images without a group have none.
            List<String> named = new ArrayList<>();
            cells.forEach(cell -> named.add(Unknown.is(cell) ? null : cell));
            groups.put(split, named);
        }
        return SharedKeys.links(Cause.GROUP, groups, Double.NaN);
    }
}

package org.osler.data.review;

import java.util.Locale;
import java.util.Set;

/** Cells of a table that say nothing. */
public final class Unknown {

    private static final Set<String> WORDS =
            Set.of("", "unknown", "na", "n/a", "nan", "none", "null", "nil", "missing", "?", "-", "--");

    private Unknown() {}

    /** Whether a cell is empty or one of the words for it, such as {@code unknown}, {@code NA} or {@code nan}. */
    public static boolean is(String cell) {
        return WORDS.contains(cell.strip().toLowerCase(Locale.ROOT));
    }
}

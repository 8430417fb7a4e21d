package org.osler.data.own;

import java.util.ArrayList;
import java.util.List;
import org.osler.InputException;

/** What is wrong with a dataset, all of it: who mends one file at a time mends for long. */
final class Problems {

    /** A terminal holds no more; whoever has more has one cause for most of them. */
    private static final int MOST_SHOWN = 1000;

    private final List<String> lines = new ArrayList<>();

    void add(String line) {
        lines.add(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    int count() {
        return lines.size();
    }

    /**
     * Ends if there are any.
     *
     * @param where the dataset
     * @param what they are, for one and for several: {@code "image cannot be read", "images cannot be read"}
     * @param advice what can be done; may be empty
     */
    void throwIfAny(Object where, String what, String plural, String advice) {
        if (!lines.isEmpty()) {
            throw new InputException(
                    "%s: %,d %s%s".formatted(where, lines.size(), lines.size() == 1 ? what : plural, list())
                            + (advice.isEmpty() ? "" : System.lineSeparator() + advice));
        }
    }

    private String list() {
        StringBuilder text = new StringBuilder();
        for (String line : lines.subList(0, Math.min(MOST_SHOWN, lines.size()))) {
            text.append(System.lineSeparator()).append("  ").append(line);
        }
        if (lines.size() > MOST_SHOWN) {
            text.append(System.lineSeparator()).append("  … and %,d more".formatted(lines.size() - MOST_SHOWN));
        }
        return text.toString();
    }
}

package org.osler.study;

import java.util.List;
import java.util.Map;

/** A piece of YAML that knows where it stands. */
sealed interface Yaml {

    Place place();

    /** What it is, for messages: {@code a list}. */
    String word();

    /**
     * A single value as it was written, without quotes.
     *
     * @param empty whether nothing, or {@code null} or {@code ~}, was written
     */
    record Scalar(Place place, String text, boolean empty) implements Yaml {
        @Override
        public String word() {
            return empty ? "nothing" : '"' + text + '"';
        }
    }

    record Sequence(Place place, List<Yaml> items) implements Yaml {
        @Override
        public String word() {
            return "a list";
        }
    }

    /** Entries in the order of the file. */
    record Mapping(Place place, Map<String, Entry> entries) implements Yaml {
        @Override
        public String word() {
            return "a map";
        }
    }

    /**
     * One entry of a mapping.
     *
     * @param place where its key stands
     */
    record Entry(Place place, String key, Yaml value) {}
}

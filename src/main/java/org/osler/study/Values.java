package org.osler.study;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Typed values of YAML nodes; each error names the place, the key, the value and what would be right. */
final class Values {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})([eE][+-]?\\d{1,3})?");

    private Values() {}

    /**
     * An interval for numbers.
     *
     * @param words the same in words: {@code above 0, at most 1}
     */
    record Range(double low, boolean lowIncluded, double high, boolean highIncluded, String words) {

        static final Range LEARNING_RATE = new Range(0, false, 1, true, "above 0, at most 1");
        static final Range POSITIVE_FRACTION = LEARNING_RATE;
        static final Range FRACTION = new Range(0, true, 1, true, "0 to 1");
        static final Range BELOW_ONE = new Range(0, true, 1, false, "0 or above, below 1");

        /** Above 0. */
        static Range positive(double high) {
            return new Range(0, false, high, true, "above 0");
        }

        /** Both ends included. */
        static Range between(double low, double high) {
            return new Range(low, true, high, true, "from %.0f to %.0f".formatted(low, high));
        }

        boolean holds(double value) {
            return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
        }
    }

    /** Text that is not empty. */
    static String text(Yaml node, String key) {
        if (node instanceof Yaml.Scalar scalar && !scalar.empty()) {
            return scalar.text();
        }
        throw node.place().error(key + " takes a single value; here is " + node.word());
    }

    /** A name that may stand in file names and tables. */
    static String name(Yaml node, String text) {
        if (!PLAIN_NAME.matcher(text).matches()) {
            throw node.place().error("\"" + text + "\" is no name; give a name of letters, digits, . _ -");
        }
        return text;
    }

    /** A whole number from {@code low} to {@code high}. */
    static long whole(Yaml node, String key, long low, long high) {
        return whole(node, key, low, high, "a whole number from " + low + " to " + high);
    }

    /** A whole number from {@code low} to {@code high}; empty for a word that stands for none. */
    static OptionalInt wholeOr(Yaml node, String key, int low, int high, String word) {
        String right = "a whole number from " + low + " to " + high + ", or " + word;
        return text(node, key).equals(word)
                ? OptionalInt.empty()
                : OptionalInt.of((int) whole(node, key, low, high, right));
    }

    private static long whole(Yaml node, String key, long low, long high, String right) {
        String text = text(node, key);
        if (!WHOLE.matcher(text).matches()) {
            throw node.place().error(key + ": \"" + text + "\" is not " + right);
        }
        long value = Long.parseLong(text);
        if (value < low || value > high) {
            throw node.place().error(key + ": " + text + " is out of range; it must be " + right);
        }
        return value;
    }

    /** A whole number that fits an int. */
    static int whole(Yaml node, String key, int low, int high) {
        return (int) whole(node, key, (long) low, (long) high);
    }

    /** A decimal number in a range. */
    static double number(Yaml node, String key, Range range) {
        String text = text(node, key);
        if (!NUMBER.matcher(text).matches()) {
            throw node.place().error(key + ": \"" + text + "\" is not a number; it must be " + range.words());
        }
        double value = new BigDecimal(text).doubleValue();
        if (!range.holds(value)) {
            throw node.place().error(key + ": " + text + " is out of range; it must be " + range.words());
        }
        return value;
    }

    /** One of a few words. */
    static <T> T oneOf(Yaml node, String key, Map<String, T> words) {
        String text = text(node, key);
        T value = words.get(text);
        if (value == null) {
            throw node.place().error("unknown " + key + " \"" + text + "\"; " + Nearest.hint(text, words.keySet()));
        }
        return value;
    }

    /** Enum constants by their study-file names, in order. */
    static <E> Map<String, E> words(E[] constants, Function<E, String> id) {
        Map<String, E> words = new LinkedHashMap<>();
        Stream.of(constants).forEach(constant -> words.put(id.apply(constant), constant));
        return words;
    }

    /** The items of a list; a value that is no list is the only item. */
    static List<Yaml> items(Yaml node, String key) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return List.of(node);
        }
        if (sequence.items().isEmpty()) {
            throw node.place().error(key + " is an empty list; name at least one");
        }
        return sequence.items();
    }

    /** A list without an entry that stands there twice. */
    static <T> List<T> list(Yaml node, String key, Function<Yaml, T> read) {
        Set<T> values = new LinkedHashSet<>();
        for (Yaml item : items(node, key)) {
            if (!values.add(read.apply(item))) {
                throw item.place().error(key + ": " + item.word() + " is listed twice");
            }
        }
        return new ArrayList<>(values);
    }
}

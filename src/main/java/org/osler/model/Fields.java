package org.osler.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.InputException;

/**
 * One object of a JSON file from outside: every value is checked when it is taken.
 *
 * @param file the file, for messages
 * @param where the object's name in it with a dot behind, empty for the file's own
 * @param node the object
 */
record Fields(Path file, String where, JsonNode node) {

    private static final int LONGEST_TEXT = 1000;

    Fields {
        if (!node.isObject()) {
            throw new InputException(file + ": " + (where.isEmpty() ? "the file" : where) + " should be a JSON object");
        }
    }

    Fields fields(String key) {
        return new Fields(file, where + key + ".", need(key));
    }

    String text(String key) {
        return text(key, need(key));
    }

    private String text(String key, JsonNode value) {
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > LONGEST_TEXT
                || value.textValue().codePoints().anyMatch(Character::isISOControl)) {
            throw wrong(key, "a text of one line", value);
        }
        return value.textValue();
    }

    int whole(String key, int low, int high) {
        JsonNode value = need(key);
        if (!value.isInt() || value.intValue() < low || value.intValue() > high) {
            throw wrong(key, "a whole number from " + low + " to " + high, value);
        }
        return value.intValue();
    }

    double number(String key, double low, double high) {
        return number(key, need(key), low, high);
    }

    private double number(String key, JsonNode value, double low, double high) {
        if (!value.isNumber() || !(value.doubleValue() >= low && value.doubleValue() <= high)) {
            throw wrong(key, "a number from " + low + " to " + high, value);
        }
        return value.doubleValue();
    }

    boolean truth(String key) {
        JsonNode value = need(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false", value);
        }
        return value.booleanValue();
    }

    List<String> texts(String key, int most) {
        return list(key, most, value -> text(key, value));
    }

    List<Double> numbers(String key, int count, double low, double high) {
        List<Double> values = list(key, count, value -> number(key, value, low, high));
        if (values.size() != count) {
            throw wrong(key, "a list of " + count + " numbers", need(key));
        }
        return values;
    }

    <E extends Enum<E>> E word(String key, E[] constants, Function<E, String> id) {
        String text = text(key);
        return Arrays.stream(constants)
                .filter(constant -> id.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong(
                        key,
                        "one of " + Arrays.stream(constants).map(id).collect(Collectors.joining(", ")),
                        need(key)));
    }

    InputException wrong(String key, String right, JsonNode value) {
        String text = value.toString();
        return new InputException(file + ": " + where + key + " should be " + right + ", not "
                + (text.length() > 80 ? text.substring(0, 80) + "…" : text));
    }

    private JsonNode need(String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new InputException(file + ": \"" + where + key + "\" is missing");
        }
        return value;
    }

    private <T> List<T> list(String key, int most, Function<JsonNode, T> read) {
        JsonNode list = need(key);
        if (!list.isArray() || list.isEmpty() || list.size() > most) {
            throw wrong(key, "a list of at most " + most, list);
        }
        List<T> values = new ArrayList<>();
        list.forEach(value -> values.add(read.apply(value)));
        return values;
    }
}

package org.osler.study;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A column of a results table.
 *
 * @param name its heading, as {@code docs/results.md} describes it
 * @param text its cell for a row; empty where there is no value
 */
record Column<R>(String name, Function<R, String> text) {

    static <R> Column<R> of(String name, Function<R, Object> value) {
        return new Column<>(name, row -> cell(value.apply(row)));
    }

    /** The same column for rows that lead to this one's. */
    <S> Column<S> of(Function<S, R> row) {
        return new Column<>(name, outer -> text.apply(row.apply(outer)));
    }

    /** Numbers in their shortest form, NaN and what is absent as nothing, several values joined by semicolons. */
    private static String cell(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() ? "" : CanonicalJson.number(number);
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
        }
        if (value instanceof double[] numbers) {
            return DoubleStream.of(numbers).mapToObj(Column::cell).collect(Collectors.joining(";"));
        }
        if (value instanceof List<?> items) {
            return items.stream().map(Column::cell).collect(Collectors.joining(";"));
        }
        if (value instanceof Boolean flag) {
            return flag.toString();
        }
        return value == null ? "" : String.format(Locale.ROOT, "%s", value);
    }
}

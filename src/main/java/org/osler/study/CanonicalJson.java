package org.osler.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.TreeSet;

/**
 * JSON in one form only: keys sorted by code point, no spaces, ASCII, numbers in the shortest form that reads back as
 * the same double. The text is that of Python's {@code json.dumps(value, sort_keys=True, separators=(",", ":"))}, on
 * every JVM (before 19, {@link Double#toString} was not always shortest).
 */
final class CanonicalJson {

    private static final int MOST_DIGITS = 17;
    /** Python writes exponents below this power of ten … */
    private static final int PLAIN_FROM = -4;
    /** … and from this one on. */
    private static final int PLAIN_BELOW = 16;

    private CanonicalJson() {}

    static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        append(node, out);
        return out.toString();
    }

    /** The shortest decimal that reads back as {@code value}, written as Python's {@code repr} does; finite values only. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no JSON number: " + value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            // Just below a power of two doubles lie closer, so the nearest decimal may miss where its neighbour hits.
            for (RoundingMode rounding : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN)) {
                BigDecimal shorter = exact.round(new MathContext(digits, rounding));
                if (shorter.doubleValue() == value) {
                    return layOut(shorter);
                }
            }
        }
        return layOut(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)));
    }

    private static String layOut(BigDecimal value) {
        BigDecimal bare = value.stripTrailingZeros();
        int exponent = bare.precision() - bare.scale() - 1;
        if (exponent >= PLAIN_FROM && exponent < PLAIN_BELOW) {
            String plain = bare.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = bare.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (bare.signum() < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    private static void append(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            appendObject(node, out);
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : ",");
                append(node.get(i), out);
            }
            out.append(']');
        } else if (node.isTextual()) {
            appendString(node.textValue(), out);
        } else if (node.isFloatingPointNumber()) {
            out.append(number(node.doubleValue()));
        } else {
            out.append(node.asText());
        }
    }

    private static void appendObject(JsonNode node, StringBuilder out) {
        out.append('{');
        TreeSet<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        String comma = "";
        for (String key : keys) {
            out.append(comma);
            appendString(key, out);
            out.append(':');
            append(node.get(key), out);
            comma = ",";
        }
        out.append('}');
    }

    private static void appendString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }
}

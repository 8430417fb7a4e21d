package org.osler.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osler.InputException;

/**
 * Reads the Python dictionary in an npy header, e.g. {@code {'descr': '|u1', 'fortran_order': False, 'shape': (546,
 * 28, 28), }}: those three keys, once each, in any order, and nothing else.
 */
final class NpyDictionary {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:'([^'\\\\]*)'|\"([^\"\\\\]*)\"|(True|False|[0-9]{1,10}|[{}():,\\[]))");
    private static final Pattern DESCR = Pattern.compile("([<>|=]?)([a-zA-Z])([0-9]{1,4})");

    private final Matcher matcher;
    private final String text;
    private final String where;
    private String descr;
    private Boolean fortran;
    private int[] shape;

    NpyDictionary(String text, String where) {
        this.text = text;
        this.where = where;
        this.matcher = TOKEN.matcher(text);
    }

    NpyHeader header(int bytes) {
        expect("{");
        String token = next();
        while (!token.equals("}")) {
            expect(":");
            entry(token);
            token = next();
            if (token.equals(",")) {
                token = next();
            } else if (!token.equals("}")) {
                throw malformed();
            }
        }
        if (!text.substring(matcher.regionStart()).isBlank() || descr == null || fortran == null || shape == null) {
            throw malformed();
        }
        if (fortran) {
            throw new InputException(where + " is in Fortran order; save it with numpy.ascontiguousarray");
        }
        return new NpyHeader(descr, shape, bytes);
    }

    private void entry(String key) {
        if (key.equals("descr") && descr == null) {
            descr = descr(next());
        } else if (key.equals("fortran_order") && fortran == null) {
            String value = next();
            if (!value.equals("True") && !value.equals("False")) {
                throw malformed();
            }
            fortran = value.equals("True");
        } else if (key.equals("shape") && shape == null) {
            shape = shape();
        } else {
            throw malformed();
        }
    }

    private String descr(String value) {
        if (value.equals("[")) {
            throw new InputException(where + " is an array of records; plain integers are needed");
        }
        if (value.endsWith("O")) {
            throw new InputException(
                    where + " holds pickled Python objects, which are never read; plain integers" + " are needed");
        }
        Matcher parts = DESCR.matcher(value);
        if (!parts.matches()) {
            throw malformed();
        }
        return (parts.group(1).isEmpty() ? "=" : parts.group(1)) + parts.group(2) + parts.group(3);
    }

    private int[] shape() {
        expect("(");
        List<Integer> axes = new ArrayList<>();
        String token = next();
        while (!token.equals(")")) {
            axes.add(axis(token));
            token = next();
            if (token.equals(",")) {
                token = next();
            } else if (!token.equals(")")) {
                throw malformed();
            }
        }
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    private int axis(String token) {
        if (!token.matches("[0-9]{1,10}")) {
            throw malformed();
        }
        long value = Long.parseLong(token);
        if (value > Integer.MAX_VALUE) {
            throw new InputException(where + " claims an axis of length " + token);
        }
        return (int) value;
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw malformed();
        }
    }

    /** The next token; a string comes without its quotes. */
    private String next() {
        if (!matcher.lookingAt()) {
            throw malformed();
        }
        String token = Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        matcher.region(matcher.end(), text.length());
        return token;
    }

    private InputException malformed() {
        String shown = text.strip();
        return new InputException("%s has a malformed npy header: %s"
                .formatted(where, shown.length() > 120 ? shown.substring(0, 120) + "…" : shown));
    }
}

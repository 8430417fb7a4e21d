package org.osler.cli;

/**
 * Text from outside (names in files, messages of servers) as a terminal may show it: a control character in it could move
 * the cursor, hide what was printed or give the terminal orders.
 */
final class Shown {

    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /** The text with each control character, and each that turns the direction of writing, replaced; lines stay lines. */
    static String text(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        return c == '\n' || c == '\t' || !(Character.isISOControl(c) || turns);
    }
}

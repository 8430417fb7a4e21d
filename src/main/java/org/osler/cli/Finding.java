package org.osler.cli;

import java.util.Locale;

/**
 * One line of what {@code doctor} found.
 *
 * @param state how it stands
 * @param subject what was looked at, e.g. {@code memory}
 * @param text what was found, and what to do if that is not well
 */
record Finding(State state, String subject, String text) {

    /** How a thing stands. */
    enum State {
        /** As it should be. */
        OK("green"),
        /** Osler works, but not for everything or not as well as it could. */
        WARN("yellow"),
        /** Osler does not work. */
        FAIL("red");

        private final String colour;

        State(String colour) {
            this.colour = colour;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(State.OK, subject, text);
    }

    static Finding warn(String subject, String text) {
        return new Finding(State.WARN, subject, text);
    }

    static Finding fail(String subject, String text) {
        return new Finding(State.FAIL, subject, text);
    }

    void print(Terminal terminal) {
        String word = state.name().toLowerCase(Locale.ROOT);
        terminal.out()
                .println(terminal.styled("@|bold," + state.colour + " " + "%-4s".formatted(word) + "|@")
                        + "  %-10s  %s".formatted(subject, text));
    }
}

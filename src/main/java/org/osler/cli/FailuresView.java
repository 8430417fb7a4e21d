package org.osler.cli;

import java.util.List;
import org.osler.study.TrialFailure;

/** The trials that could not be finished, and why. */
final class FailuresView {

    private static final int MOST_LINES = 20;

    private final Terminal terminal;

    FailuresView(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints them, if there are any. */
    void print(List<TrialFailure> failures) {
        if (failures.isEmpty()) {
            return;
        }
        terminal.out().println();
        terminal.out().println("Failed (running the study again tries again):");
        for (TrialFailure failure : failures.subList(0, Math.min(MOST_LINES, failures.size()))) {
            terminal.out().println(Shown.text("  " + failure.trial().label() + ": " + failure.reason()));
        }
        if (failures.size() > MOST_LINES) {
            terminal.out().println("  … and " + (failures.size() - MOST_LINES) + " more, all of them in the report");
        }
    }
}

package org.osler.cli;

import java.io.IOException;

/** Work that an interrupt (Ctrl-C) may end at any moment because what is done is on disk. */
final class Interruptible {

    private Interruptible() {}

    /** Work that reads and writes files. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does the work; an interrupt ends the process with a word to the user. */
    static <T> T run(Terminal terminal, Work<T> work) throws IOException {
        Thread farewell = new Thread(() -> {
            if (terminal.errShown()) {
                terminal.err().println(); // the bar's line stays as it is
            }
            terminal.error("interrupted; what is done is kept, and the same command goes on with the rest.");
            // An orderly exit would unload libtorch under the thread that still computes, and crash. What is committed
            // is on disk, so nothing is lost by leaving at once.
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        });
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return work.run();
        } finally {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
    }
}

package org.osler.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jline.utils.Signals;

/**
 * Long work that a user may end with Ctrl-C, or a cluster with SIGTERM. The first time it is asked to end after the step
 * under way, with everything saved; the second time the process ends at once, which loses what was not saved and harms
 * nothing: what is on disk is whole at every moment.
 *
 * <p>Java itself has no way to hear of a signal without ending; JLine, which the progress bar brings along, has.
 */
final class Interruptible {

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    private final Terminal terminal;
    private final AtomicInteger asked = new AtomicInteger();

    private Interruptible(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Work that reads and writes files, and looks now and then whether it is to end. */
    interface Work<T> {
        T run(BooleanSupplier stopped) throws IOException;
    }

    /**
     * Does the work.
     *
     * @throws org.osler.train.StoppedException if it was asked to end, and did
     */
    static <T> T run(Terminal terminal, Work<T> work) throws IOException {
        Interruptible interruptible = new Interruptible(terminal);
        List<Object> before = new ArrayList<>();
        SIGNALS.forEach(signal -> before.add(Signals.register(signal, interruptible::asked)));
        try {
            return work.run(() -> interruptible.asked.get() > 0);
        } finally {
            for (int i = 0; i < SIGNALS.size(); i++) {
                Signals.unregister(SIGNALS.get(i), before.get(i));
            }
        }
    }

    private void asked() {
        if (terminal.errShown()) {
            terminal.err().println(); // the bar's line stays as it is
        }
        if (asked.incrementAndGet() == 1) {
            terminal.error("ending after this step, and saving; once more (Ctrl-C) ends at once.");
        } else {
            terminal.error("ended at once; what is saved is kept, and the same command goes on from there.");
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED); // no orderly exit: see Osler
        }
    }
}

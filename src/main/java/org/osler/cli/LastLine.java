package org.osler.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The line of the terminal that a bar is drawn on, again and again.
 *
 * @param err where the terminal is
 * @param width how much of the line may be used, in characters
 */
record LastLine(PrintWriter err, int width) implements ProgressBarConsumer {

    /** Wipes the line, for whatever is to stand there next. */
    static final String WIPE = "\r\u001b[K";

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public void accept(String bar) {
        err.print("\r" + bar);
        err.flush();
    }

    @Override
    public void close() {
        // Whoever drew the bar wipes it: the library does not close that of a bar which it has not drawn yet.
    }
}

package org.osler.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/**
 * Where commands print: results to {@code out}, everything else (errors, progress, hints) to {@code err}.
 *
 * <p>Text is UTF-8 whatever the locale says: tables carry ± and names of datasets, and every terminal of today reads it.
 *
 * @param out standard output
 * @param err standard error
 * @param outShown whether a person sees {@code out} as it is written
 * @param errShown whether a person sees {@code err} as it is written
 * @param columns width in characters
 * @param colour whether to colour text that a person sees
 */
record Terminal(PrintWriter out, PrintWriter err, boolean outShown, boolean errShown, int columns, boolean colour) {

    private static final int DEFAULT_COLUMNS = 100;
    private static final int MIN_COLUMNS = 40;

    /**
     * The process's own streams. Java cannot tell which of them is a terminal, so the launcher does, in the system
     * properties {@code osler.terminals} (names out of {@code out,err}) and {@code osler.columns}.
     */
    static Terminal ofProcess(Map<String, String> environment) {
        Set<String> shown = Set.of(System.getProperty("osler.terminals", "").split(","));
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        int columns = Math.max(MIN_COLUMNS, Integer.getInteger("osler.columns", DEFAULT_COLUMNS));
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                shown.contains("out"),
                shown.contains("err"),
                columns,
                colour);
    }

    /** Streams that no person watches: plain text. */
    static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, false, DEFAULT_COLUMNS, false);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Text for {@code out} in picocli's mark-up, e.g. {@code @|bold title|@}. */
    String styled(String markup) {
        return ansi(outShown).string(markup);
    }

    /** An error in one or a few lines, on {@code err}. */
    void error(String message) {
        err.println(ansi(errShown).string("@|bold,red osler:|@ ") + Shown.text(message));
        err.flush();
    }

    Ansi ansi(boolean shown) {
        return shown && colour ? Ansi.ON : Ansi.OFF;
    }
}

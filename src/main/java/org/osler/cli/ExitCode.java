package org.osler.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's exit code means. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    static final int INTERRUPTED = 130;

    /** For {@code --help}; the JVM itself gives 130 when interrupted. */
    static final Map<String, String> MEANINGS = meanings();

    private ExitCode() {}

    private static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("0", "done");
        meanings.put("1", "a trial failed");
        meanings.put("2", "wrong use or bad input");
        meanings.put(Integer.toString(INTERRUPTED), "interrupted");
        return Collections.unmodifiableMap(meanings);
    }
}

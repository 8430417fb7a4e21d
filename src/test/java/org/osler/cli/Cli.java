package org.osler.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One command, run in this process.
 *
 * @param code its exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Cli(int code, String out, String err) {

    /** Runs a command with everything of the machine's own looked for in one folder, and without network. */
    static Cli run(Path home, String... arguments) {
        return run(home, Map.of("OSLER_OFFLINE", "1"), arguments);
    }

    /** The same with these variables set, and with network unless they forbid it. */
    static Cli run(Path home, Map<String, String> variables, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("OSLER_HOME", home + "/osler");
        environment.put("HF_HOME", home + "/hf");
        var terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(err));
        int code = Osler.run(terminal, environment, arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}

package org.osler.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/**
 * One command, run in this process.
 *
 * @param code its exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Cli(int code, String out, String err) {

    /** Runs a command with everything of the machine's own looked for in one folder. */
    static Cli run(Path home, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        Map<String, String> environment = Map.of("OSLER_HOME", home + "/osler", "HF_HOME", home + "/hf");
        var terminal = Terminal.plain(new PrintWriter(out), new PrintWriter(err));
        int code = Osler.run(terminal, environment, arguments);
        return new Cli(code, out.toString(), err.toString());
    }
}

package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.osler.report.StudyCopy;
import org.osler.study.Merge;
import org.osler.weights.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings results folders together. */
@Command(
        name = "merge",
        header = "Bring the results of several folders together in one, with tables and report.",
        description = {
            "",
            "For studies that were divided among machines with 'osler run --shard'. A trial that stands in several folders"
                    + " must have the same numbers in all of them, to the last bit; where it has not, the trials are named"
                    + " and nothing is written."
        },
        footer = {
            "  osler run study.yaml --shard 1/2      on one machine",
            "  osler run study.yaml --shard 2/2      on another",
            "  osler merge results/study-1-of-2 results/study-2-of-2 --out results/study"
        })
final class MergeCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Results folders.")
    private List<Path> folders;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder for all results; keeps the results that it has.")
    private Path out;

    MergeCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Merge.Outcome outcome = Merge.of(folders, out);
        keepStudy();
        terminal.err()
                .println(outcome.trials() + " results in " + out
                        + (outcome.twice() == 0 ? "" : ", " + outcome.twice() + " of them found again and the same"));
        ReportCommand.write(out, home, terminal);
        return ExitCode.DONE;
    }

    /** The first study file there is tells the report how to repeat it. */
    private void keepStudy() throws IOException {
        Path target = out.resolve(StudyCopy.FILE);
        for (Path folder : folders) {
            Path copy = folder.resolve(StudyCopy.FILE);
            if (!Files.exists(target) && Files.isRegularFile(copy)) {
                Files.copy(copy, target);
            }
        }
    }
}

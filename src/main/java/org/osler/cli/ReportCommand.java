package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.osler.report.Report;
import org.osler.report.SummaryTable;
import org.osler.study.Reproduction;
import org.osler.study.ResultFiles;
import org.osler.study.ResultStore;
import org.osler.study.Summary;
import org.osler.study.SummaryRow;
import org.osler.study.TrialFailure;
import org.osler.study.TrialResult;
import org.osler.weights.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes tables and report of a results folder again. */
@Command(
        name = "report",
        header = "Write tables and report of a results folder again, from its results.db.",
        description = {
            "",
            "'osler run' does this itself when it ends; use this after it was interrupted, to see what is there so far,"
                    + " or for results that another version of Osler left. Computes nothing anew but what the report"
                    + " shows; images are shown if their datasets are still unpacked in $OSLER_HOME."
        },
        footer = {"  osler report results/quickstart"})
final class ReportCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "DIR", description = "The results folder.")
    private Path folder;

    ReportCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        try (ResultStore store = ResultStore.read(folder)) {
            ResultFiles.write(store, folder);
        }
        write(folder, home, terminal);
        return ExitCode.DONE;
    }

    /** Writes the report of a results folder; prints the summary, how it compares with what is published, and where the report lies. */
    static void write(Path folder, Home home, Terminal terminal) throws IOException {
        List<TrialResult> results;
        List<TrialFailure> failures;
        try (ResultStore store = ResultStore.read(folder)) {
            results = store.results();
            failures = store.failures();
        }
        Path report = Report.write(folder, ReportDatasets.of(results, home));
        List<SummaryRow> summary = Summary.of(results);
        terminal.out().print(SummaryTable.of(summary, terminal.columns()));
        Reproduction.of(summary).inWords().ifPresent(terminal.out()::println);
        new FailuresView(terminal).print(failures);
        terminal.out().println();
        terminal.out().println("Report: " + report);
    }
}

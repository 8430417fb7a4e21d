package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.report.Report;
import org.osler.report.SummaryTable;
import org.osler.study.ResultFiles;
import org.osler.study.ResultStore;
import org.osler.study.Summary;
import org.osler.weights.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes tables and report of a results folder again. */
@Command(
        name = "report",
        header = "Write tables and report of a results folder again, from its results.db.",
        description = {
            "",
            "'osler run' does this itself when it ends; use this after it was interrupted, to see what is there so far,"
                    + " or for results that another version of Osler left. Computes nothing anew but what the report"
                    + " shows; images are shown if their datasets are at hand."
        },
        footer = {"  osler report results/quickstart"})
final class ReportCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(paramLabel = "DIR", description = "The results folder.")
    private Path folder;

    @Option(names = "--data", paramLabel = "DIR", description = "A folder to look into first for MedMNIST files.")
    private Path dataDir;

    ReportCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        try (ResultStore store = ResultStore.read(folder)) {
            ResultFiles.write(store, folder);
            terminal.out().print(SummaryTable.of(Summary.of(store.results()), terminal.columns()));
        }
        Path report = Report.write(folder, ReportDatasets.of(home, Optional.ofNullable(dataDir)));
        terminal.out().println();
        terminal.out().println("Report: " + report);
        return ExitCode.DONE;
    }
}

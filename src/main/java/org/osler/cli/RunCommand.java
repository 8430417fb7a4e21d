package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.report.StudyCopy;
import org.osler.study.Needs;
import org.osler.study.Runner;
import org.osler.study.Share;
import org.osler.study.Study;
import org.osler.weights.Home;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a study. */
@Command(
        name = "run",
        header = "Run a study: train and test every combination that a study file names.",
        description = {
            "",
            "Trials that have a result in the results folder are not run again, so a run that was interrupted goes on"
                    + " with the same command, a half-done fine-tuning from its last checkpoint. Ctrl-C once ends after the"
                    + " step under way and saves; twice, at once.",
            "",
            "Weights and MedMNIST files that are nowhere on this machine are fetched first, unless --offline, OSLER_OFFLINE=1"
                    + " or HF_HUB_OFFLINE=1 says otherwise; see 'osler fetch --help'.",
            "",
            "Leaves in the results folder: results.db (everything), results.csv (one row per trial), summary.csv (mean"
                    + " and standard deviation over seeds), predictions/ (MedMNIST's format) and report.html."
        },
        footer = {
            "  osler run studies/quickstart.yaml",
            "  osler run studies/breast-retina.yaml --set data-dir=/data/medmnist --set seeds=[0] --plan",
            "  osler run studies/wu2025.yaml --plan --throughput cluster.yaml",
            "  osler run my.yaml --set weights.vit_tiny_patch16_224=/models/vit_tiny.safetensors",
            "  osler run my.yaml --set recipe.iterations=500 --out /tmp/short"
        })
final class RunCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STUDY.yaml", description = "The study file.")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The results folder (default: the study file's 'out', else results/<study>).")
    private Path out;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Say a key of the study file otherwise; may be repeated. Dots lead inwards: recipe.iterations.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--plan",
            description =
                    "Only show what would run, what it costs in time, disk and memory, and what is missing for it."
                            + " Takes seconds: this machine's speed is measured once.")
    private boolean planOnly;

    @Option(
            names = "--throughput",
            paramLabel = "FILE.yaml",
            description = "With --plan: another machine's speeds, see docs/planning.md.")
    private Path throughput;

    @Option(names = "--detail", description = "With --plan: every line, however many there are.")
    private boolean detail;

    @Option(names = "--offline", description = "Use no network: name what is missing instead of fetching it.")
    private boolean offline;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = ShardOption.class,
            description =
                    "Run only the I-th of N equal parts of the study, e.g. 2/4, in a results folder of its own (default:"
                            + " results/<study>-I-of-N); 'osler merge' brings the folders together.")
    private Share share = Share.WHOLE;

    RunCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        if (out != null) {
            settings.put("out", out.toString());
        }
        requirePlan();
        Study study = ShardOption.study(file, settings, share);
        var missing =
                new MissingFiles(terminal, home, offline ? network.forbidden("--offline") : network, study.dataDir());
        if (planOnly) {
            return new PlanView(terminal, home, missing).show(study, Optional.ofNullable(throughput), detail);
        }
        Runner.requirePrecision(study); // before much is fetched in vain
        missing.fetch(Needs.of(study, home));
        Runner.Outcome outcome = run(study);
        terminal.out().println();
        ReportCommand.write(study.out(), home, terminal);
        if (outcome.failed() > 0) {
            terminal.error(outcome.failed() + " of the trials failed, the list above says why; the same command tries"
                    + " them again.");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private void requirePlan() {
        if (planOnly && !share.isWhole()) {
            throw new ParameterException(spec.commandLine(), "--plan shows the whole study, without --shard");
        }
        if (!planOnly && (throughput != null || detail)) {
            throw new ParameterException(spec.commandLine(), "--throughput and --detail go with --plan only");
        }
    }

    private Runner.Outcome run(Study study) throws IOException {
        Runner.requireSources(study, share, home, new ConsoleProgress(terminal, InstantSource.system()));
        Files.createDirectories(study.out());
        new StudyCopy(String.join(" ", commandLine()), Files.readString(file)).keep(study.out());
        return Interruptible.run(
                terminal,
                stopped -> Runner.run(
                        study,
                        share,
                        home,
                        new StopOnRequest(new ConsoleProgress(terminal, InstantSource.system()), stopped)));
    }

    private List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("osler"));
        words.addAll(spec.commandLine().getParseResult().originalArgs());
        return words;
    }
}

package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osler.report.Report;
import org.osler.report.StudyCopy;
import org.osler.report.ToExplain;
import org.osler.report.live.LiveView;
import org.osler.study.Needs;
import org.osler.study.PlanCost;
import org.osler.study.ProbeMaps;
import org.osler.study.ResultStore;
import org.osler.study.RunProgress;
import org.osler.study.Runner;
import org.osler.study.Share;
import org.osler.study.Study;
import org.osler.study.TrialResult;
import org.osler.train.StoppedException;
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
            "  osler run studies/quickstart.yaml --watch",
            "  osler run studies/wu2025.yaml --plan --throughput cluster.yaml",
            "  osler run my.yaml --set weights.vit_tiny_patch16_224=/models/vit_tiny.safetensors",
            "  osler run my.yaml --set recipe.iterations=500 --out /tmp/short"
        })
final class RunCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

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
            names = "--device",
            paramLabel = "DEVICE",
            description = "The same as --set device=DEVICE: " + DeviceOption.CHOICES
                    + " Several between commas, or 'all' cards, share the trials, a process each.")
    private String device;

    @Option(names = "--beside", hidden = true, description = "This process helps another, see Helper.")
    private boolean helps;

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

    @Option(
            names = "--measure",
            description = "With --plan: measure this machine's speed again, whatever is known of it.")
    private boolean measure;

    @Option(names = "--detail", description = "With --plan: every line, however many there are.")
    private boolean detail;

    @Option(
            names = "--watch",
            description = "While the study runs, show its report and how far it is to a browser on this machine, at an"
                    + " address that is printed first; see docs/results.md.")
    private boolean watch;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "With --watch: the port on 127.0.0.1 (default: any that is free).")
    private Integer port;

    @Option(names = "--offline", description = "Use no network: name what is missing instead of fetching it.")
    private boolean offline;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = ShardOption.class,
            description =
                    "Run (with --plan: show) only the I-th of N equal parts of the study, e.g. 2/4, in a results folder of its"
                            + " own (default: results/<study>-I-of-N); 'osler merge' brings the folders together.")
    private Share share = Share.WHOLE;

    private Devices devices = new Devices(List.of("auto"));

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
        if (device != null) {
            devices = Devices.of(device);
            settings.put("device", devices.first());
        }
        requireSense();
        Study study = ShardOption.study(file, settings, share);
        if (helps) {
            return Helper.run(study, share, home, terminal.out());
        }
        if (!planOnly) {
            devices.require(study);
        }
        var missing =
                new MissingFiles(terminal, home, offline ? network.forbidden("--offline") : network, study.dataDir());
        if (planOnly) {
            new PlanView(terminal, home, missing).show(study, share, speeds(), detail);
            return ExitCode.DONE;
        }
        RunProgress console = new ConsoleProgress(terminal, InstantSource.system());
        Runner.Outcome outcome = watch ? watched(study, missing, console) : run(study, missing, console);
        if (outcome.failed() > 0) {
            terminal.error(outcome.failed() + " of the trials failed, the list above says why; the same command tries"
                    + " them again.");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private PlanCost.SpeedSource speeds() {
        return throughput == null
                ? new PlanCost.SpeedSource.ThisMachine(measure)
                : new PlanCost.SpeedSource.GivenSpeeds(throughput);
    }

    private void requireSense() {
        if (!planOnly && (throughput != null || detail || measure)) {
            throw wrong("--throughput, --measure and --detail go with --plan only");
        }
        if (throughput != null && measure) {
            throw wrong("--throughput gives the speeds that --measure would measure: one of them only");
        }
        if (planOnly && watch) {
            throw wrong("--plan runs nothing that --watch could show");
        }
        if (port != null && !watch) {
            throw wrong("--port goes with --watch only");
        }
        if (port != null && (port < 0 || port > HIGHEST_PORT)) {
            throw wrong("--port " + port + " is out of range; it must be 0 (any that is free) to " + HIGHEST_PORT);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private Runner.Outcome watched(Study study, MissingFiles missing, RunProgress console) throws IOException {
        try (LiveView view = LiveView.start(port == null ? 0 : port, study.name(), study.out(), console)) {
            terminal.err().println("Live view: " + view.address());
            terminal.err().flush();
            try {
                Runner.Outcome outcome = run(study, missing, view.progress());
                view.done(study.out().resolve(Report.FILE));
                return outcome;
            } catch (StoppedException e) {
                view.interrupted();
                throw e;
            } catch (IOException | RuntimeException e) {
                view.stopped(e.getMessage() == null ? e.toString() : e.getMessage());
                throw e;
            }
        }
    }

    private Runner.Outcome run(Study study, MissingFiles missing, RunProgress progress) throws IOException {
        missing.fetch(Needs.of(study, share, home));
        Runner.Outcome outcome =
                Interruptible.run(terminal, stopped -> runAndExplain(study, new StopOnRequest(progress, stopped)));
        terminal.out().println();
        ReportCommand.write(study.out(), home, terminal);
        return outcome;
    }

    private Runner.Outcome runAndExplain(Study study, RunProgress progress) throws IOException {
        Runner.requireSources(study, share, home, progress);
        Files.createDirectories(study.out());
        new StudyCopy(String.join(" ", commandLine()), Files.readString(file)).keep(study.out());
        Runner.Outcome outcome;
        try (var others = new SideBySide(devices.others(), helpersCommand(study), home, progress)) {
            outcome = Runner.run(study, share, home, progress, others);
        }
        List<TrialResult> results;
        try (ResultStore store = ResultStore.read(study.out())) {
            results = store.results();
        }
        ProbeMaps.write(study, home, ToExplain.of(study.out(), ReportDatasets.of(results, home)), progress);
        return outcome;
    }

    private List<String> helpersCommand(Study study) {
        List<String> words = new ArrayList<>(List.of("run", file.toString(), "--beside"));
        settings.forEach((key, value) -> {
            if (!key.equals("device")) {
                words.addAll(List.of("--set", key + "=" + value));
            }
        });
        words.addAll(List.of("--out", study.out().toString()));
        if (!share.isWhole()) {
            words.addAll(List.of("--shard", share.number() + "/" + share.of()));
        }
        return words;
    }

    private List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("osler"));
        words.addAll(spec.commandLine().getParseResult().originalArgs());
        return words;
    }
}

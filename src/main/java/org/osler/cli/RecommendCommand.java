package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.osler.recommend.FineTuning;
import org.osler.recommend.Recommendation;
import org.osler.recommend.Recommender;
import org.osler.recommend.Standing;
import org.osler.recommend.TimeBudget;
import org.osler.report.Report;
import org.osler.report.StudyCopy;
import org.osler.study.ResultStore;
import org.osler.study.Strategy;
import org.osler.study.Study;
import org.osler.study.StudyOptions;
import org.osler.weights.Home;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out which encoder fits a dataset. */
@Command(
        name = "recommend",
        header = "Find out which encoder fits your images, within the time that you give.",
        description = {
            "",
            "Encoders are tried cheapest first: one pass over the images, then linear probes, neighbours and LogME on its"
                    + " features. They are ranked by probing with five-fold cross-validation on the training images (groups"
                    + " are kept together), with intervals, and with what is real of their differences. Test images take no"
                    + " part in the ranking; what the probes are worth on them is shown beside it.",
            "",
            "Leaves a results folder as 'osler run' does, with a report. The same command goes on where it ended: with a"
                    + " larger --budget it tries what was left."
        },
        footer = {
            "  osler recommend scans/",
            "  osler recommend ham10000/manifest.csv --columns group=lesion_id --fit crop --budget 1h",
            "  osler recommend breastmnist --encoders resnet18,vit_small_patch16_224,vit_base_patch14_dinov2",
            "  osler recommend my.npz --encoders all --budget 2h"
        })
final class RecommendCommand implements Callable<Integer> {

    private static final int MOST_TO_FINE_TUNE = 3;

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DataArgument data = new DataArgument();

    @Mixin
    private final EncoderChoices encoders = new EncoderChoices();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = BudgetTime.class,
            description = "No encoder is begun that would not be done in this time: 90s, 10m, 1h30m (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration budget;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The results folder (default: results/recommend-<data>).")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            defaultValue = "0,1,2",
            description = "Seeds of the probes that are tested (default: ${DEFAULT-VALUE}).")
    private List<String> seeds;

    @Option(
            names = "--head-lr",
            paramLabel = "RATE",
            split = ",",
            description = "The head's learning rate, or several to choose from on validation (default: 1e-3).")
    private List<String> headLr;

    @Mixin
    private final TrialOptions trial = new TrialOptions();

    RecommendCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        StudyOptions options = options();
        encoders.say(options, home);
        options.name("neighbours", List.of("strategies", Strategy.NearestNeighbours.ID));
        options.name("probes", List.of("strategies", Strategy.LinearProbe.ID));
        if (headLr != null) {
            options.say("--head-lr", List.of("strategies", Strategy.LinearProbe.ID, "head-lr"), headLr);
        }
        options.say("--seeds", List.of("seeds"), seeds);
        Study study = trial.study(options);
        NextCommands next = new NextCommands(spec, data.said(), encoders);
        Files.createDirectories(study.out());
        new StudyCopy(next.asGiven(), trial.yaml(options)).keep(study.out());
        Recommendation found = Interruptible.run(
                terminal,
                stopped -> recommend(
                        study, new StopOnRequest(new ConsoleProgress(terminal, InstantSource.system()), stopped)));
        found = next.complete(found);
        found.write(study.out());
        Path report;
        try (ResultStore store = ResultStore.read(study.out())) {
            report = Report.write(study.out(), ReportDatasets.of(store.results(), home));
        }
        new RecommendationView(terminal).show(found);
        terminal.out().println();
        terminal.out().println("Report: " + report);
        if (found.failed() > 0) {
            terminal.error(found.failed()
                    + " of the trials failed, the list above says why; the same command tries them" + " again.");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }

    private Recommendation recommend(Study study, StopOnRequest progress) throws IOException {
        MissingFiles missing = places.missing(terminal, home, network);
        Recommendation found = Recommender.run(study, home, TimeBudget.of(budget), missing::fetch, progress);
        return found.with(FineTuning.costs(fineTuning(found), home, progress), List.of());
    }

    /** Fine-tunes the best encoders, once each. */
    private Study fineTuning(Recommendation found) {
        StudyOptions options = options();
        List<String> best = found.leaders().stream()
                .limit(MOST_TO_FINE_TUNE)
                .map(Standing::encoder)
                .toList();
        options.say("encoders", List.of("encoders"), best);
        options.say("strategies", List.of("strategies"), List.of(Strategy.FineTune.ID));
        options.say("seeds", List.of("seeds"), List.of("0"));
        return trial.study(options);
    }

    private StudyOptions options() {
        StudyOptions options = new StudyOptions();
        String name = "recommend-" + DataOption.baseName(data.said()).replaceAll("[^A-Za-z0-9._-]+", "-");
        options.say(name, List.of("study"), List.of(name));
        trial.say(options, data.said(), places);
        Path folder = out == null ? Path.of("results", name) : out;
        return options.say("--out", List.of("out"), List.of(folder.toString()));
    }
}

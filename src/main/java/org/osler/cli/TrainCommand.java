package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.model.ModelFolder;
import org.osler.study.ModelTraining;
import org.osler.study.Needs;
import org.osler.study.Strategy;
import org.osler.study.Study;
import org.osler.study.StudyOptions;
import org.osler.study.TrainedModel;
import org.osler.weights.Home;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains one model and keeps it. */
@Command(
        name = "train",
        header = "Train one model, test it once and keep it as a folder that 'osler predict' and Java programs use.",
        description = {
            "",
            "The model is the checkpoint that was best on validation; where several learning rates are given, the best"
                    + " of them there. Its probabilities are calibrated on validation, by one temperature.",
            "",
            "The folder holds model.safetensors (parameters), model.json (everything about it) and README.md (a model"
                    + " card). A training that was interrupted goes on with the same command, a fine-tuning from its last"
                    + " checkpoint."
        },
        footer = {
            "  osler train breastmnist --encoder vit_tiny_patch16_224 --out models/breast",
            "  osler train scans/ --encoder resnet18",
            "  osler train ham10000/manifest.csv --encoder resnet18 --columns group=lesion_id --fit crop",
            "  osler train my.npz --encoder resnet18 --strategy fine-tune --encoder-lr 1e-3,1e-4 --input 128",
            "  osler train my.npz --encoder resnet18 --strategy fine-tune --set recipe.iterations=500"
        })
final class TrainCommand implements Callable<Integer> {

    private static final List<String> STRATEGIES = List.of(Strategy.LinearProbe.ID, Strategy.FineTune.ID);

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Mixin
    private final DataArgument data = new DataArgument();

    @Mixin
    private final EncoderOptions chosen = new EncoderOptions();

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            defaultValue = Strategy.LinearProbe.ID,
            description = "linear-probe or fine-tune (default: ${DEFAULT-VALUE}).")
    private String strategy;

    @Option(
            names = "--head-lr",
            paramLabel = "RATE",
            split = ",",
            description = "The head's learning rate, or several to choose from on validation (default: 1e-3).")
    private List<String> headLr;

    @Option(
            names = "--encoder-lr",
            paramLabel = "RATE",
            split = ",",
            description =
                    "The encoder's learning rate in fine-tuning, or several to choose from on validation (default:"
                            + " 1e-4, for transformers 1e-5).")
    private List<String> encoderLr;

    @Option(
            names = "--out",
            paramLabel = "MODEL",
            description = "The model's folder, which must not be there (default: models/<data>-<encoder>-<strategy>).")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides the head's first values and the order of images (default: ${DEFAULT-VALUE}).")
    private String seed;

    @Mixin
    private final TrialOptions trial = new TrialOptions();

    @Mixin
    private final SubgroupOptions subgroups = new SubgroupOptions();

    TrainCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        EncoderCard card = chosen.card();
        if (!STRATEGIES.contains(strategy)) {
            throw new InputException(
                    "--strategy " + strategy + ": a model is made by " + String.join(" or ", STRATEGIES));
        }
        Path model = out == null ? byDefault(card) : out;
        ModelFolder.requireFree(model);
        Study study = study(card, ModelTraining.workFolder(model));
        places.missing(terminal, home, network).fetch(Needs.of(study, home));
        Optional<TrainedModel> trained = Interruptible.run(
                terminal,
                stopped -> ModelTraining.run(
                        study,
                        home,
                        model,
                        new StopOnRequest(new ConsoleProgress(terminal, InstantSource.system()), stopped)));
        if (trained.isEmpty()) {
            terminal.error("the training failed; the line above says why.");
            return ExitCode.FAILED;
        }
        new TrainedModelView(terminal).show(trained.get());
        return ExitCode.DONE;
    }

    private Path byDefault(EncoderCard card) {
        return Path.of(
                "models",
                DataOption.baseName(data.said()) + "-" + card.architecture().name() + "-" + strategy);
    }

    private Study study(EncoderCard card, Path work) {
        StudyOptions options = new StudyOptions();
        options.say("train", List.of("study"), List.of("train"));
        trial.say(options, data.said(), places);
        subgroups.say(options, data.said());
        options.say("--encoder " + card.id(), List.of("encoders"), List.of(card.id()));
        options.sayIfGiven("--weights", List.of("weights", card.id()), chosen.weights());
        sayStrategy(options);
        options.sayIfGiven("--seed", List.of("seeds"), seed);
        options.say("--out", List.of("out"), List.of(work.toString()));
        return trial.study(options);
    }

    private void sayStrategy(StudyOptions options) {
        if (headLr == null && encoderLr == null) {
            options.say("--strategy " + strategy, List.of("strategies"), List.of(strategy));
            return;
        }
        if (headLr != null) {
            options.say("--head-lr", List.of("strategies", strategy, "head-lr"), headLr);
        }
        if (encoderLr != null) {
            options.say("--encoder-lr", List.of("strategies", strategy, "encoder-lr"), encoderLr);
        }
    }
}

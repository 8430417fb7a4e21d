package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.study.DatasetAudit;
import org.osler.study.Needs;
import org.osler.study.Strategy;
import org.osler.study.Study;
import org.osler.study.StudyOptions;
import org.osler.train.SimilarImages;
import org.osler.weights.Home;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for leaks between a dataset's splits. */
@Command(
        name = "audit",
        header = "Look for what a dataset's splits share: identical images, near-identical ones, the same patients or"
                + " lesions.",
        description = {
            "",
            "Groups are those of the column that --columns group=COLUMN names; where none is named, those of the"
                    + " column that looks most like one. Near-identical images are looked for by the features of an"
                    + " encoder, if one is given. 'osler run' does the same and shows metrics with and without the images"
                    + " that leak; see docs/audit.md."
        },
        footer = {
            "  osler audit ham10000/manifest.csv",
            "  osler audit ham10000/manifest.csv --columns group=lesion_id --subgroups sex,age",
            "  osler audit scans/ --encoder vit_tiny_patch16_224 --out pairs.csv"
        })
final class AuditCommand implements Callable<Integer> {

    private static final int DEFAULT_SIDE = 224;

    /** Stands in a study whose encoder never runs. */
    private static final String ANY_ENCODER = "resnet18";

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Mixin
    private final DataArgument data = new DataArgument();

    @Option(
            names = "--encoder",
            paramLabel = "ID",
            description = "Look for near-identical images by its features; one of 'osler models'.")
    private String encoder;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Its weights (default: looked for in the usual places).")
    private String weights;

    @Option(
            names = "--similarity",
            paramLabel = "COSINE",
            description = "From which cosine of whitened features on images count as near-identical (default: "
                    + SimilarImages.THRESHOLD + ").")
    private Double similarity;

    @Mixin
    private final PlaceOptions places = new PlaceOptions();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description =
                    "Which MedMNIST file: 28, 64, 128 or 224 (default: 224); of image files the side of the squares"
                            + " that are stored (default: what the encoder sees, else 224).")
    private String size;

    @Option(names = "--input", paramLabel = "PIXELS", description = "What the encoder sees (default: its own size).")
    private String input;

    @Mixin
    private final ImageOptions images = new ImageOptions();

    @Mixin
    private final SquareOptions square = new SquareOptions();

    @Mixin
    private final SubgroupOptions subgroups = new SubgroupOptions();

    @Option(
            names = "--out",
            paramLabel = "CSV",
            description = "Write every image that has partners in another split to this file.")
    private Path out;

    AuditCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        Study study = study();
        places.missing(terminal, home, network).fetch(needs(study));
        Optional<Double> threshold = encoder == null
                ? Optional.empty()
                : Optional.of(similarity == null ? SimilarImages.THRESHOLD : similarity);
        DatasetAudit.Outcome outcome = Interruptible.run(
                terminal,
                stopped -> DatasetAudit.of(
                        study,
                        home,
                        threshold,
                        new StopOnRequest(new ConsoleProgress(terminal, InstantSource.system()), stopped)));
        new AuditView(terminal).show(outcome.found().audit());
        if (out != null) {
            AtomicFile.write(out, outcome.csv());
            terminal.out().printf("%nPairs: %s%n", out);
        }
        return ExitCode.DONE;
    }

    private void requireSense() {
        if (encoder == null && (weights != null || similarity != null || input != null)) {
            throw new InputException("--weights, --similarity and --input are said of the encoder whose features are"
                    + " compared; name it with --encoder");
        }
        if (similarity != null && !(similarity > 0 && similarity <= 1)) {
            throw new InputException("--similarity " + similarity + " is out of range; it must be above 0, at most 1");
        }
    }

    /** An encoder that never runs needs no weights. */
    private Needs needs(Study study) throws IOException {
        Needs needs = Needs.of(study, home);
        return encoder == null ? new Needs(List.of(), needs.datasets()) : needs;
    }

    private Study study() {
        StudyOptions options = new StudyOptions();
        options.say("audit", List.of("study"), List.of("audit"));
        images.say(options, data.said());
        square.say(options, data.said());
        subgroups.say(options, data.said());
        EncoderCard card = EncoderOptions.card("--encoder", encoder == null ? ANY_ENCODER : encoder);
        options.say("--encoder " + card.id(), List.of("encoders"), List.of(card.id()));
        String values = encoder == null ? EncoderOptions.RANDOM : weights;
        if (values != null) {
            options.say("--weights " + values, List.of("weights", card.id()), List.of(values));
        }
        options.say("audit", List.of("strategies"), List.of(Strategy.LinearProbe.ID));
        boolean files = ImageOptions.suit(data.said());
        if (size != null) {
            options.say("--size " + size, files ? List.of("datasets", "size") : List.of("size"), List.of(size));
        }
        if (input != null || encoder == null) {
            String seen = input == null ? String.valueOf(DEFAULT_SIDE) : input;
            options.say("--input " + seen, List.of("input"), List.of(seen));
        }
        places.dataDir()
                .ifPresent(
                        folder -> options.say("--data-dir " + folder, List.of("data-dir"), List.of(folder.toString())));
        return options.study(java.util.Map.of());
    }
}

package org.osler.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.model.Classifier;
import org.osler.weights.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Uses a model. */
@Command(
        name = "predict",
        header = "Predict images with a model that 'osler train' made.",
        description = {
            "",
            "Writes CSV (RFC 4180): file, label, and the calibrated probability of each class. Of a multi-label model,"
                    + " 'label' lists those above 0.5, with | between them.",
            "",
            "Of folders, all images in them are predicted. An image that cannot be read is named on standard error, the"
                    + " others are predicted, and the exit code is 1."
        },
        footer = {
            "  osler predict models/breast scan.png",
            "  osler predict models/breast scans/ more/*.jpg --out predictions.csv",
            "  osler predict models/breast --data breastmnist --split test --out test.csv",
            "  osler predict models/breast scans/ --explain why --neighbours breastmnist"
        })
final class PredictCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's folder.")
    private Path model;

    @Parameters(index = "1..*", paramLabel = "IMAGE", description = "Images, and folders of images.")
    private List<Path> images;

    @Option(names = "--out", paramLabel = "CSV", description = "The file to write (default: standard output).")
    private Path out;

    @Option(
            names = "--data",
            paramLabel = "NAME|FILE|DIR",
            description =
                    "Predict a dataset's images and say what the predictions are worth: one of 'osler datasets', an"
                            + " .npz file, a folder of class folders, or a .csv manifest.")
    private String data;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "test",
            description = "train, val or test of --data (default: ${DEFAULT-VALUE}).")
    private Split split;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder with MedMNIST's files.")
    private Path dataDir;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Which MedMNIST file: 28, 64, 128 or 224 (default: the one that the model was trained on).")
    private Integer size;

    @Mixin
    private final DeviceOption where = new DeviceOption();

    @Mixin
    private final ExplainOptions explain = new ExplainOptions();

    @Mixin
    private final ImageOptions ownImages = new ImageOptions();

    PredictCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if ((images == null) == (data == null)) {
            throw new InputException("predict takes images, or a dataset with --data; here "
                    + (data == null ? "is neither" : "are both"));
        }
        explain.check();
        try (Classifier classifier = Classifier.load(model, where.device())) {
            if (explain.neighbours().isEmpty()) {
                return explainAndPredict(classifier, Optional.empty());
            }
            Dataset dataset = open(classifier, explain.neighbours().get());
            try (NearImages near =
                    NearImages.of(classifier, dataset, new ConsoleProgress(terminal, InstantSource.system()))) {
                return explainAndPredict(classifier, Optional.of(near));
            }
        }
    }

    private int explainAndPredict(Classifier classifier, Optional<NearImages> near) throws IOException {
        Optional<Explaining> explaining = explain.begin(classifier, model, near);
        int code = write(classifier, explaining);
        if (explaining.isPresent()) {
            explaining.get().finish().ifPresent(page -> terminal.err().println("Explanations: " + page));
        }
        return code;
    }

    private int write(Classifier classifier, Optional<Explaining> explaining) throws IOException {
        if (out == null) {
            return predict(classifier, explaining, terminal.out());
        }
        try (AtomicFile file = AtomicFile.create(out);
                Writer writer = new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8)) {
            int code = predict(classifier, explaining, writer);
            writer.flush();
            file.commit();
            return code;
        }
    }

    private int predict(Classifier classifier, Optional<Explaining> explaining, Writer writer) throws IOException {
        PredictionCsv csv = new PredictionCsv(writer, classifier.description().labels());
        Predicting predicting = new Predicting(classifier, terminal, csv, explaining);
        if (data == null) {
            int broken = predicting.files(ImageList.of(images));
            return broken == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
        try (Dataset dataset = open(classifier, data)) {
            List<double[]> scores = new ArrayList<>();
            predicting.split(dataset, split, scores);
            new DatasetAgreement(terminal, classifier.description()).show(dataset, split, scores);
            return ExitCode.DONE;
        }
    }

    private Dataset open(Classifier classifier, String dataset) throws IOException {
        if (size != null && ImageOptions.suit(dataset)) {
            throw new InputException(
                    "--size says which of MedMNIST's files; images of one's own are taken in the model's"
                            + " own form");
        }
        int side = size == null ? classifier.description().images().height() : size;
        return new DataOption(terminal, home, dataset, ownImages).openFor(classifier.description(), dataDir, side);
    }
}

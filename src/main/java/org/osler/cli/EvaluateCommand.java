package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.metric.Task;
import org.osler.study.PredictionFile;
import org.osler.study.PredictionName;
import org.osler.weights.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes what a prediction file's scores are worth. */
@Command(
        name = "evaluate",
        header = "Compute every metric of an official MedMNIST prediction file.",
        description = {
            "",
            "Reads a file such as breastmnist_test_[AUC]0.862_[ACC]0.846@run.csv, whoever wrote it, compares its scores"
                    + " with the dataset's labels and prints ACC, AUC, balanced accuracy, calibration error and Brier"
                    + " score with bootstrap intervals, the results of each class, and the confusion matrix.",
            "",
            "Says whether the ACC and AUC in the file's name are right; where they are not, the exit code is 2."
        },
        footer = {
            "  osler evaluate 'results/my/predictions/breastmnist_test_[AUC]0.862_[ACC]0.846@abc.csv'",
            "  osler evaluate 'retinamnist_224_test_[AUC]0.742_[ACC]0.528@theirs.csv' --data /data/medmnist",
            "  osler evaluate 'scans_224_test_[AUC]0.900_[ACC]0.800@run.csv' --data scans/",
            "  osler evaluate 'mine_test_[AUC]0.900_[ACC]0.800@run.csv' --data mine.npz --task ordinal"
        })
final class EvaluateCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Parameters(
            paramLabel = "PREDICTIONS.csv",
            description = "The prediction file; its name says which dataset, size and split.")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description =
                    "The dataset's .npz file, or a folder to look for it in first; see 'osler datasets --help'. Or your"
                            + " own images: a folder of class folders, or a .csv manifest.")
    private Path data;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            converter = TaskName.class,
            description = "The task of a dataset of your own: " + TaskName.CHOICES + " Left out, the labels tell.")
    private Task task;

    @Option(
            names = "--labels",
            paramLabel = "NAMES",
            split = ",",
            description = "Names of its classes in the order of the file's columns (default: sorted).")
    private List<String> labels = List.of();

    @Mixin
    private final ImageOptions images = new ImageOptions();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Bootstrap resamples for the intervals; 0: no intervals (default: ${DEFAULT-VALUE}).")
    private int resamples;

    EvaluateCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (resamples < 0) {
            throw new InputException("--resamples " + resamples + ": should be 0 or more");
        }
        PredictionFile predictions = PredictionFile.read(file);
        try (Dataset dataset = open(predictions.name())) {
            boolean agrees = new EvaluationView(terminal, resamples).show(predictions, dataset);
            return agrees ? ExitCode.DONE : ExitCode.WRONG_USE;
        }
    }

    private Dataset open(PredictionName name) throws IOException {
        if (data != null && isImages(name)) {
            return new DataOption(terminal, home, data.toString(), images).open(name.size(), task, labels);
        }
        images.requireNone(data == null ? name.flag() : data.toString());
        if (!labels.isEmpty() && DatasetCatalog.find(name.flag()).isPresent()) {
            throw new InputException("--labels: those of " + name.flag() + " have their names");
        }
        return new DatasetStore(home).open(source(name));
    }

    /** Whether the data are image files, and no folder in which a dataset's file may lie. */
    private boolean isImages(PredictionName name) {
        if (!ImageOptions.suit(data.toString())) {
            return false;
        }
        boolean official = DatasetCatalog.find(name.flag()).isPresent() && task == null;
        return !Files.isDirectory(data) || !(official || Files.isRegularFile(npz(name)));
    }

    /** Where in a folder the file lies whose name made that of the predictions, whatever in it is flag and what size. */
    private Path npz(PredictionName name) {
        String fileName = name.fileName();
        return data.resolve(
                fileName.substring(0, fileName.indexOf("_" + name.split().id() + "_[")) + ".npz");
    }

    private DatasetSource source(PredictionName name) {
        Optional<DatasetCard> card = DatasetCatalog.find(name.flag());
        if (data != null && !Files.isDirectory(data)) {
            return own(name, data, card);
        }
        if (card.isPresent() && task == null) {
            return DatasetFiles.of(home, Optional.ofNullable(data)).find(card.get(), name.size());
        }
        if (data == null) {
            throw new InputException(file + ": "
                    + (card.isPresent()
                            ? "--task is said of data of one's own; name their file or images with --data"
                            : name.flag() + " is no MedMNIST dataset; name its file or images with --data"));
        }
        return own(name, npz(name), card);
    }

    private DatasetSource own(PredictionName name, Path npz, Optional<DatasetCard> card) {
        return new DatasetSource(
                name.flag(),
                npz,
                Optional.ofNullable(task).or(() -> card.map(DatasetCard::task)),
                card.map(DatasetCard::labelNames).orElse(labels),
                Optional.empty());
    }
}

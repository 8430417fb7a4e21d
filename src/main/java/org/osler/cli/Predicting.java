package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.model.Classifier;
import org.osler.model.Prediction;
import org.osler.model.PreparedImage;
import org.osler.train.Progress;

/** Predicts image after image into a CSV: a few in memory at a time, however many there are. */
final class Predicting {

    private static final int BATCH = 32;

    private final Classifier classifier;
    private final Terminal terminal;
    private final Progress progress;
    private final PredictionCsv csv;
    private final Optional<Explaining> explaining;

    Predicting(Classifier classifier, Terminal terminal, PredictionCsv csv, Optional<Explaining> explaining) {
        this.classifier = classifier;
        this.terminal = terminal;
        this.progress = new ConsoleProgress(terminal, InstantSource.system());
        this.csv = csv;
        this.explaining = explaining;
    }

    /** Image of a file, or why there is none: one of the two is null. */
    private record Read(Path file, PreparedImage image, String fault) {}

    /** Predicts files; those that cannot be read are named and counted. */
    int files(List<Path> files) throws IOException {
        int broken = 0;
        try (Progress.Bar bar = progress.begin("predicting", files.size())) {
            for (int from = 0; from < files.size(); from += BATCH) {
                List<Path> part = files.subList(from, Math.min(files.size(), from + BATCH));
                // Decoding takes longer than a small encoder does: all cores take part.
                List<Read> all = part.parallelStream().map(this::read).toList();
                for (Read each : all) {
                    if (each.fault() != null) {
                        terminal.error(each.fault());
                        broken++;
                    }
                }
                write(all.stream().filter(each -> each.image() != null).toList());
                bar.step(part.size());
            }
        }
        return broken;
    }

    private Read read(Path file) {
        try {
            return new Read(file, classifier.prepare(file), null);
        } catch (InputException e) {
            return new Read(file, null, e.getMessage());
        }
    }

    private void write(List<Read> images) throws IOException {
        List<Prediction> predictions =
                classifier.predictPrepared(images.stream().map(Read::image).toList());
        for (int i = 0; i < predictions.size(); i++) {
            csv.row(images.get(i).file().toString(), predictions.get(i));
            if (explaining.isPresent()) {
                explaining
                        .get()
                        .image(images.get(i).file().toString(), images.get(i).image(), Optional.empty());
            }
        }
    }

    /**
     * Predicts a split, whose images are called by their files, or where they have none {@code dataset/split/index}.
     *
     * @param scores gets the probabilities of each
     */
    void split(Dataset dataset, Split split, List<double[]> scores) throws IOException {
        Images images = dataset.images(split);
        Optional<List<String>> names = dataset.metadata().column(split, Metadata.IMAGE);
        try (Progress.Bar bar = progress.begin("predicting " + dataset.name(), images.count())) {
            for (int from = 0; from < images.count(); from += BATCH) {
                List<PreparedImage> part = new ArrayList<>();
                for (int i = from; i < Math.min(images.count(), from + BATCH); i++) {
                    part.add(classifier.prepare(images, i));
                }
                List<Prediction> predictions = classifier.predictPrepared(part);
                for (int i = 0; i < predictions.size(); i++) {
                    int index = from + i;
                    String name =
                            names.map(all -> all.get(index)).orElse(dataset.name() + "/" + split.id() + "/" + index);
                    csv.row(name, predictions.get(i));
                    if (explaining.isPresent()) {
                        explaining.get().image(name, part.get(i), truth(dataset, split, index));
                    }
                    scores.add(predictions.get(i).scores());
                }
                bar.step(part.size());
            }
        }
    }

    /** What an image is, in the model's words; empty if the dataset has others. */
    private Optional<String> truth(Dataset dataset, Split split, int index) {
        if (dataset.task() != classifier.description().task()
                || !dataset.labelNames().equals(classifier.description().labels())) {
            return Optional.empty();
        }
        List<String> labels = dataset.labelNames(dataset.labels(split)[index]);
        return Optional.of(labels.isEmpty() ? "none" : String.join(", ", labels));
    }
}

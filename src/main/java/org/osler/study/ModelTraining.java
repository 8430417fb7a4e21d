package org.osler.study;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.data.review.GroupColumn;
import org.osler.encoder.Encoder;
import org.osler.metric.Probabilities;
import org.osler.metric.Temperature;
import org.osler.metric.Units;
import org.osler.model.ModelDescription;
import org.osler.model.ModelFolder;
import org.osler.model.ModelOrigin;
import org.osler.model.SplitMetrics;
import org.osler.model.TrainedFile;
import org.osler.study.review.AuditFile;
import org.osler.study.review.TestRemarks;
import org.osler.train.Progress;
import org.osler.train.TrainedHead;
import org.osler.weights.Home;

/**
 * Makes a model: runs a study of one dataset and one encoder, calibrates the training that was best on validation, and
 * writes it as a folder.
 *
 * <p>Until then everything lies in a folder beside it, {@link #workFolder}, from which a training that was killed goes on.
 */
public final class ModelTraining {

    private final Study study;
    private final Home home;
    private final Path folder;
    private final Path kept;

    private ModelTraining(Study study, Home home, Path folder) {
        this.study = study;
        this.home = home;
        this.folder = folder;
        this.kept = study.out().resolve("kept");
    }

    /** Where the training of a model keeps its state while it lasts. */
    public static Path workFolder(Path model) {
        return model.resolveSibling("." + model.getFileName() + ".training");
    }

    /**
     * Trains and writes a model.
     *
     * @param study one dataset, one encoder, one seed and strategies that train a head; several learning rates make
     *     several trainings; its {@code out} is the model's {@link #workFolder}, removed when the model is written
     * @param folder the model's, where nothing is yet
     * @return the model; empty if no training could be finished, of which the progress has heard why
     * @throws InputException if something stands in the model's place, another run is training it, or data or weights are
     *     not to be had
     */
    public static Optional<TrainedModel> run(Study study, Home home, Path folder, RunProgress progress)
            throws IOException {
        ModelFolder.requireFree(folder);
        return new ModelTraining(study, home, folder).run(progress);
    }

    private Optional<TrainedModel> run(RunProgress progress) throws IOException {
        Runner.Outcome outcome = Runner.run(
                study, home, progress, (trial, encoder, head) -> TrainedFile.write(file(trial), encoder, head));
        if (outcome.elsewhere() > 0) {
            throw new InputException("another run is training this model, in " + study.out()
                    + "; what this one did is kept there. Wait for it, or start again when it is over");
        }
        Optional<TrialResult> best = best(results());
        if (best.isEmpty()) {
            return Optional.empty();
        }
        TrainedModel model = write(best.get());
        remove(study.out());
        return Optional.of(model);
    }

    /** Those that come from the data and weights at hand; older ones may lie beside failures. */
    private List<TrialResult> results() throws IOException {
        Inputs inputs = new Inputs(new Sources(study, home, Progress.SILENT));
        List<TrialResult> results = new ArrayList<>();
        try (ResultStore store = ResultStore.read(study.out())) {
            for (Trial trial : Plan.of(study).trials()) {
                Optional<TrialResult> found = store.find(trial);
                if (found.isPresent() && inputs.made(found.get())) {
                    results.add(found.get());
                }
            }
        }
        return results;
    }

    private Path file(Trial trial) {
        return kept.resolve(trial.id() + ".safetensors");
    }

    private static Optional<TrialResult> best(List<TrialResult> results) {
        return Summary.of(results).stream()
                .filter(SummaryRow::selected)
                .map(row -> row.results().get(0))
                .findFirst();
    }

    private TrainedModel write(TrialResult result) throws IOException {
        Trial trial = result.trial();
        TrainedHead head = TrainedFile.head(file(trial));
        Sources sources = new Sources(study, home, Progress.SILENT);
        try (Dataset dataset = sources.dataset(trial);
                Encoder encoder = encoder(sources, trial)) {
            int[][] valLabels = dataset.labels(Split.VAL);
            OptionalDouble fitted = Temperature.fit(dataset.task(), valLabels, head.valLogits());
            double temperature = fitted.orElse(1);
            ModelDescription model = new ModelDescription(
                    dataset.task(),
                    dataset.labelNames(),
                    encoder.card(),
                    sources.form(trial, dataset),
                    trial.input(),
                    trial.resize(),
                    trial.precision(),
                    temperature,
                    fitted.isPresent());
            double[][] scores = Probabilities.of(dataset.task(), head.testLogits(), temperature);
            ModelFolder.Story story = new ModelFolder.Story(
                    origin(result),
                    metrics(dataset, Split.VAL, head.valLogits(), temperature),
                    metrics(dataset, Split.TEST, head.testLogits(), temperature),
                    AuditFile.find(study.out(), dataset.name(), dataset.hash())
                            .map(audit -> TestRemarks.of(audit, scores))
                            .orElse(List.of()));
            ModelFolder.write(folder, model, encoder.parameters(), head, story);
            return new TrainedModel(folder, model, story, scores);
        }
    }

    /** The trial's encoder in float32 on the processor, as training left it. */
    private Encoder encoder(Sources sources, Trial trial) throws IOException {
        Encoder encoder = sources.encoderOnCpu(trial, sources.weights(trial));
        if (TrainedFile.hasEncoder(file(trial))) {
            TrainedFile.encoder(file(trial), encoder.parameters());
        }
        return encoder;
    }

    private static SplitMetrics metrics(Dataset dataset, Split split, double[][] logits, double temperature)
            throws IOException {
        Units units = GroupColumn.units(dataset, split);
        return SplitMetrics.of(dataset.task(), dataset.labelNames(), dataset.labels(split), units, logits, temperature);
    }

    private static ModelOrigin origin(TrialResult result) throws IOException {
        Trial trial = result.trial();
        Provenance made = result.provenance();
        return new ModelOrigin(
                trial.strategy().id(),
                trial.strategy().learningRates(),
                trial.recipe().name(),
                trial.seed(),
                new JsonMapper().readTree(trial.canonicalJson()),
                result.seconds(),
                new ModelOrigin.Data(
                        trial.dataset(),
                        made.dataMd5(),
                        result.data().train(),
                        result.data().val(),
                        result.data().test()),
                made.weightsSha256(),
                new ModelOrigin.Software(
                        made.osler(),
                        made.commit(),
                        made.libtorch(),
                        made.jvm(),
                        made.os(),
                        made.cpu(),
                        made.threads(),
                        made.device()),
                made.finished());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.FewShot;
import org.osler.data.Images;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.metric.Evaluation;
import org.osler.tensor.Libtorch;
import org.osler.tensor.Precision;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.train.Checkpoints;
import org.osler.train.DivergedException;
import org.osler.train.FeatureExtractor;
import org.osler.train.FeatureSet;
import org.osler.train.FineTune;
import org.osler.train.Fit;
import org.osler.train.ImageSet;
import org.osler.train.LinearProbe;
import org.osler.train.NearestNeighbours;
import org.osler.train.Progress;
import org.osler.train.Recipe;
import org.osler.weights.Home;

/** Works through a plan: what is done stays done, what is left is run, and each result is committed at once. */
public final class Runner {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);

    private final Study study;
    private final RunProgress progress;
    private final ResultStore store;
    private final Sources sources;
    private final FeatureFiles featureFiles;
    private final Duration checkpointInterval;
    private int finished;
    private int failed;

    private Runner(
            Study study,
            Sources sources,
            FeatureFiles featureFiles,
            ResultStore store,
            Duration checkpointInterval,
            RunProgress progress) {
        this.study = study;
        this.sources = sources;
        this.featureFiles = featureFiles;
        this.store = store;
        this.checkpointInterval = checkpointInterval;
        this.progress = progress;
    }

    /**
     * How a run ended.
     *
     * @param finished trials that got their result in this run
     * @param failed trials that could not be finished
     */
    public record Outcome(int finished, int failed) {}

    /**
     * Runs what is left of a study and writes its tables.
     *
     * @throws org.osler.InputException before anything runs, if data or weights are not to be had
     */
    public static Outcome run(Study study, Home home, RunProgress progress) throws IOException {
        return run(study, home, progress, CHECKPOINT_INTERVAL);
    }

    /** The same with another least time between two checkpoints of a fine-tuning. */
    static Outcome run(Study study, Home home, RunProgress progress, Duration checkpointInterval) throws IOException {
        if (study.precision() == Precision.BF16) {
            throw new InputException("precision: bf16 is not there yet; this version computes in fp32");
        }
        study.threads().ifPresent(Libtorch::threads);
        Plan plan = Plan.of(study);
        Sources sources = new Sources(study, home);
        for (List<Trial> group : plan.groups()) {
            // What is missing is said before anything is written.
            sources.weights(group.get(0));
            sources.dataset(group.get(0)).close();
        }
        try (ResultStore store = ResultStore.open(study.out())) {
            Runner runner = new Runner(study, sources, new FeatureFiles(home), store, checkpointInterval, progress);
            runner.run(plan);
            ResultFiles.write(store, study.out());
            return new Outcome(runner.finished, runner.failed);
        }
    }

    private void run(Plan plan) throws IOException {
        List<Work> work = new ArrayList<>();
        for (List<Trial> group : plan.groups()) {
            work.add(left(group));
        }
        int left = work.stream().mapToInt(each -> each.trials().size()).sum();
        progress.planned(plan.trials().size(), plan.trials().size() - left);
        for (Work each : work) {
            if (!each.trials().isEmpty()) {
                runGroup(each);
            }
        }
    }

    /**
     * The trials of one group that have no result from the data and weights at hand.
     *
     * @param trials trials that share features
     * @param weights their encoder's weights
     */
    private record Work(List<Trial> trials, Sources.Weights weights) {}

    private Work left(List<Trial> group) throws IOException {
        Sources.Weights weights = sources.weights(group.get(0));
        List<Trial> left = new ArrayList<>();
        try (Dataset dataset = sources.dataset(group.get(0))) {
            for (Trial trial : group) {
                boolean done = store.find(trial)
                        .filter(result -> result.provenance().madeFrom(weights.sha256(), dataset.hash()))
                        .isPresent();
                if (!done) {
                    left.add(trial);
                }
            }
        }
        return new Work(left, weights);
    }

    private void runGroup(Work work) throws IOException {
        try (Dataset dataset = sources.dataset(work.trials().get(0))) {
            Map<OptionalInt, List<Trial>> byShots = work.trials().stream()
                    .collect(Collectors.groupingBy(Trial::shots, LinkedHashMap::new, Collectors.toList()));
            for (List<Trial> trials : byShots.values()) {
                runShots(work.weights(), dataset, trials);
            }
        }
    }

    private void runShots(Sources.Weights weights, Dataset dataset, List<Trial> trials) throws IOException {
        int[] chosen = trainIndices(dataset, trials.get(0).shots());
        List<Trial> onFeatures = trials.stream()
                .filter(trial -> !(trial.strategy() instanceof Strategy.FineTune))
                .toList();
        if (!onFeatures.isEmpty()) {
            onFeatures(weights, dataset, chosen, onFeatures);
        }
        for (Trial trial : trials) {
            if (trial.strategy() instanceof Strategy.FineTune strategy) {
                fineTune(weights, dataset, chosen, trial, strategy);
            }
        }
    }

    private static int[] trainIndices(Dataset dataset, OptionalInt shots) {
        int[][] labels = dataset.labels(Split.TRAIN);
        return FewShot.first(dataset.task(), dataset.classes(), labels, shots.orElse(labels.length));
    }

    // --- on features ---

    private void onFeatures(Sources.Weights weights, Dataset dataset, int[] chosen, List<Trial> trials)
            throws IOException {
        Trial any = trials.get(0);
        Path file = featureFiles.get(any, dataset, weights, () -> sources.encoder(any, weights), named(any));
        try (Scope scope = Scope.open();
                Encoder encoder = sources.encoder(any, weights)) {
            FeatureSet features = features(file, dataset, chosen);
            for (Trial trial : trials) {
                if (trial.strategy() instanceof Strategy.NearestNeighbours strategy) {
                    Instant started = Instant.now();
                    commit(trial, weights, dataset, chosen, NearestNeighbours.run(features, strategy.k()), started);
                }
            }
            Map<Recipe, List<Trial>> probes = trials.stream()
                    .filter(trial -> trial.strategy() instanceof Strategy.LinearProbe)
                    .collect(Collectors.groupingBy(Trial::recipe, LinkedHashMap::new, Collectors.toList()));
            for (List<Trial> group : probes.values()) {
                probe(weights, dataset, chosen, features, encoder.headInit(), group);
            }
        }
    }

    private static FeatureSet features(Path file, Dataset dataset, int... chosen) throws IOException {
        Map<Split, Tensor> features = FeatureExtractor.read(file);
        Map<Split, int[][]> labels = labels(dataset);
        long[] index = new long[chosen.length];
        int[][] chosenLabels = new int[chosen.length][];
        for (int i = 0; i < chosen.length; i++) {
            index[i] = chosen[i];
            chosenLabels[i] = labels.get(Split.TRAIN)[chosen[i]];
        }
        features.put(Split.TRAIN, features.get(Split.TRAIN).indexSelect(0, Tensors.of(index, index.length)));
        labels.put(Split.TRAIN, chosenLabels);
        return new FeatureSet(dataset.task(), dataset.classes(), features, labels);
    }

    private void probe(
            Sources.Weights weights,
            Dataset dataset,
            int[] chosen,
            FeatureSet features,
            Encoder.HeadInit init,
            List<Trial> trials)
            throws IOException {
        Function<Trial, LinearProbe.Head> head =
                trial -> new LinearProbe.Head(trial.seed(), ((Strategy.LinearProbe) trial.strategy()).headLr());
        Instant started = Instant.now();
        try {
            List<Fit> fits = LinearProbe.run(
                    features,
                    trials.stream().map(head).toList(),
                    init,
                    trials.get(0).recipe(),
                    named(trials.get(0)));
            for (int i = 0; i < fits.size(); i++) {
                commit(trials.get(i), weights, dataset, chosen, fits.get(i), started);
            }
        } catch (DivergedException e) {
            if (trials.size() == 1) {
                fail(trials.get(0), e);
                return;
            }
            // A head's numbers do not depend on its company: let each run alone, so that only the culprits fail.
            for (Trial trial : trials) {
                probe(weights, dataset, chosen, features, init, List.of(trial));
            }
        }
    }

    // --- end to end ---

    private void fineTune(
            Sources.Weights weights, Dataset dataset, int[] chosen, Trial trial, Strategy.FineTune strategy)
            throws IOException {
        Instant started = Instant.now();
        Path folder = study.out().resolve("checkpoints").resolve(trial.id());
        String made = trial.canonicalJson() + " " + weights.sha256() + " " + dataset.hash();
        try (Encoder encoder = sources.encoder(trial, weights);
                Checkpoints checkpoints = new Checkpoints(folder, made, checkpointInterval)) {
            Map<Split, Images> images = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                images.put(split, dataset.images(split));
            }
            ImageSet data = new ImageSet(
                    dataset.task(),
                    dataset.classes(),
                    images,
                    labels(dataset),
                    chosen,
                    FeatureFiles.preprocessing(trial, encoder));
            Fit fit = FineTune.run(
                    encoder,
                    data,
                    new FineTune.Settings(trial.seed(), strategy.headLr(), strategy.encoderLr()),
                    trial.recipe(),
                    checkpoints,
                    named(trial));
            commit(trial, weights, dataset, chosen, fit, started);
            checkpoints.delete();
        } catch (DivergedException e) {
            fail(trial, e);
        }
    }

    /** The watcher, told which dataset the work is about. */
    private Progress named(Trial trial) {
        return (what, steps) -> progress.begin(trial.dataset() + " · " + what, steps);
    }

    private static Map<Split, int[][]> labels(Dataset dataset) {
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            labels.put(split, dataset.labels(split));
        }
        return labels;
    }

    private void commit(Trial trial, Sources.Weights weights, Dataset dataset, int[] chosen, Fit fit, Instant started)
            throws IOException {
        TrialOutcome outcome = new TrialOutcome(
                trial,
                new DataFacts(
                        dataset.task(),
                        dataset.labelNames(),
                        dataset.channels(),
                        dataset.height(),
                        dataset.width(),
                        chosen.length,
                        dataset.count(Split.VAL),
                        dataset.count(Split.TEST)),
                fit,
                Evaluation.of(dataset.task(), dataset.labels(Split.VAL), fit.valScores()),
                Evaluation.of(dataset.task(), dataset.labels(Split.TEST), fit.testScores()),
                Machine.provenance(trial, weights.sha256(), dataset.hash(), started));
        store.commit(outcome);
        finished++;
        progress.finished(outcome);
    }

    private void fail(Trial trial, DivergedException cause) {
        store.fail(trial, cause.getMessage());
        failed++;
        progress.failed(trial, cause.getMessage());
    }
}

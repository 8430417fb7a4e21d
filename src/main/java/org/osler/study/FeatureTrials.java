package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.train.DivergedException;
import org.osler.train.FeatureExtractor;
import org.osler.train.FeatureSet;
import org.osler.train.Fit;
import org.osler.train.LinearProbe;
import org.osler.train.NearestNeighbours;
import org.osler.train.Progress;
import org.osler.train.Recipe;

/**
 * Runs the trials that work on the features of a frozen encoder: neighbours, then probes, all heads at once. All of them
 * share one encoder pass, however their training images are drawn.
 */
final class FeatureTrials {

    private final Sources sources;
    private final FeatureFiles files;
    private final Dataset dataset;
    private final Sources.Weights weights;
    private final TrialSink sink;
    private final Keeper keeper;
    private final Progress progress;

    FeatureTrials(
            Sources sources,
            FeatureFiles files,
            Dataset dataset,
            Sources.Weights weights,
            TrialSink sink,
            Keeper keeper,
            Progress progress) {
        this.sources = sources;
        this.files = files;
        this.dataset = dataset;
        this.weights = weights;
        this.sink = sink;
        this.keeper = keeper;
        this.progress = progress;
    }

    /** Runs trials that are of this kind and share features, by the images that they train on. */
    void run(Map<TrainingSet, List<Trial>> bySet) throws IOException {
        Trial any = bySet.values().iterator().next().get(0);
        Path file = files.get(
                any, sources.card(any), dataset, weights, () -> sources.frozenEncoder(any, weights), progress);
        Encoder.HeadInit init = sources.headInit(any);
        try (Scope scope = Scope.open()) {
            Map<Split, Tensor> features = FeatureExtractor.read(file);
            for (var entry : bySet.entrySet()) {
                try (Scope draw = Scope.open()) {
                    run(entry.getKey(), of(entry.getKey(), features), init, entry.getValue());
                }
            }
        }
    }

    private void run(TrainingSet set, FeatureSet features, Encoder.HeadInit init, List<Trial> trials)
            throws IOException {
        for (Trial trial : trials) {
            if (trial.strategy() instanceof Strategy.NearestNeighbours strategy) {
                Instant started = Instant.now();
                sink.done(trial, set, NearestNeighbours.run(features, strategy.k()), started);
            }
        }
        Map<Recipe, List<Trial>> probes = trials.stream()
                .filter(trial -> trial.strategy() instanceof Strategy.LinearProbe)
                .collect(Collectors.groupingBy(Trial::recipe, LinkedHashMap::new, Collectors.toList()));
        for (List<Trial> group : probes.values()) {
            probe(set, features, init, group);
        }
    }

    /** The features and labels of the training images that were chosen, and of all others. */
    private static FeatureSet of(TrainingSet set, Map<Split, Tensor> all) {
        Map<Split, Tensor> features = new EnumMap<>(all);
        Map<Split, int[][]> labels = set.labels();
        int[] chosen = set.chosen();
        if (chosen.length < labels.get(Split.TRAIN).length) {
            long[] index = new long[chosen.length];
            int[][] chosenLabels = new int[chosen.length][];
            for (int i = 0; i < chosen.length; i++) {
                index[i] = chosen[i];
                chosenLabels[i] = labels.get(Split.TRAIN)[chosen[i]];
            }
            features.put(Split.TRAIN, all.get(Split.TRAIN).indexSelect(0, Tensors.of(index, index.length)));
            labels.put(Split.TRAIN, chosenLabels);
        }
        return new FeatureSet(set.dataset().task(), set.dataset().classes(), features, labels);
    }

    private void probe(TrainingSet set, FeatureSet features, Encoder.HeadInit init, List<Trial> trials)
            throws IOException {
        Instant started = Instant.now();
        try {
            List<Fit> fits = LinearProbe.run(
                    features,
                    trials.stream().map(FeatureTrials::head).toList(),
                    init,
                    trials.get(0).recipe(),
                    progress);
            for (int i = 0; i < fits.size(); i++) {
                keeper.keep(trials.get(i), Optional.empty(), fits.get(i).head().orElseThrow());
                sink.done(trials.get(i), set, fits.get(i), started);
            }
        } catch (DivergedException e) {
            if (trials.size() == 1) {
                sink.failed(trials.get(0), e);
                return;
            }
            // A head's numbers do not depend on its company: let each run alone, so that only the culprits fail.
            for (Trial trial : trials) {
                probe(set, features, init, List.of(trial));
            }
        }
    }

    private static LinearProbe.Head head(Trial trial) {
        return new LinearProbe.Head(trial.seed(), ((Strategy.LinearProbe) trial.strategy()).headLr());
    }
}

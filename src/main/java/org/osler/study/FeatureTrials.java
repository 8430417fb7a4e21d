package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

/** Runs the trials that work on the features of a frozen encoder: neighbours, then probes, all heads at once. */
final class FeatureTrials {

    private final Sources sources;
    private final FeatureFiles files;
    private final TrainingSet set;
    private final TrialSink sink;
    private final Progress progress;

    FeatureTrials(Sources sources, FeatureFiles files, TrainingSet set, TrialSink sink, Progress progress) {
        this.sources = sources;
        this.files = files;
        this.set = set;
        this.sink = sink;
        this.progress = progress;
    }

    /** Runs those of the trials that are of this kind. */
    void run(List<Trial> all) throws IOException {
        List<Trial> trials = all.stream()
                .filter(trial -> !(trial.strategy() instanceof Strategy.FineTune))
                .toList();
        if (trials.isEmpty()) {
            return;
        }
        Trial any = trials.get(0);
        try (Scope scope = Scope.open();
                Encoder encoder = sources.frozenEncoder(any, set.weights())) {
            FeatureSet features = read(files.get(any, set, encoder, progress));
            for (Trial trial : trials) {
                if (trial.strategy() instanceof Strategy.NearestNeighbours strategy) {
                    Instant started = Instant.now();
                    sink.done(trial, NearestNeighbours.run(features, strategy.k()), started);
                }
            }
            Map<Recipe, List<Trial>> probes = trials.stream()
                    .filter(trial -> trial.strategy() instanceof Strategy.LinearProbe)
                    .collect(Collectors.groupingBy(Trial::recipe, LinkedHashMap::new, Collectors.toList()));
            for (List<Trial> group : probes.values()) {
                probe(features, encoder.headInit(), group);
            }
        }
    }

    private FeatureSet read(Path file) throws IOException {
        Map<Split, Tensor> features = FeatureExtractor.read(file);
        Map<Split, int[][]> labels = set.labels();
        int[] chosen = set.chosen();
        long[] index = new long[chosen.length];
        int[][] chosenLabels = new int[chosen.length][];
        for (int i = 0; i < chosen.length; i++) {
            index[i] = chosen[i];
            chosenLabels[i] = labels.get(Split.TRAIN)[chosen[i]];
        }
        features.put(Split.TRAIN, features.get(Split.TRAIN).indexSelect(0, Tensors.of(index, index.length)));
        labels.put(Split.TRAIN, chosenLabels);
        return new FeatureSet(set.dataset().task(), set.dataset().classes(), features, labels);
    }

    private void probe(FeatureSet features, Encoder.HeadInit init, List<Trial> trials) {
        Instant started = Instant.now();
        try {
            List<Fit> fits = LinearProbe.run(
                    features,
                    trials.stream().map(FeatureTrials::head).toList(),
                    init,
                    trials.get(0).recipe(),
                    progress);
            for (int i = 0; i < fits.size(); i++) {
                sink.done(trials.get(i), fits.get(i), started);
            }
        } catch (DivergedException e) {
            if (trials.size() == 1) {
                sink.failed(trials.get(0), e);
                return;
            }
            // A head's numbers do not depend on its company: let each run alone, so that only the culprits fail.
            for (Trial trial : trials) {
                probe(features, init, List.of(trial));
            }
        }
    }

    private static LinearProbe.Head head(Trial trial) {
        return new LinearProbe.Head(trial.seed(), ((Strategy.LinearProbe) trial.strategy()).headLr());
    }
}

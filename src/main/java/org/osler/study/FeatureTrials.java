package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
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
    private final Outlook outlook;

    FeatureTrials(
            Sources sources,
            FeatureFiles files,
            Dataset dataset,
            Sources.Weights weights,
            TrialSink sink,
            Keeper keeper,
            Progress progress,
            Outlook outlook) {
        this.sources = sources;
        this.files = files;
        this.dataset = dataset;
        this.weights = weights;
        this.sink = sink;
        this.keeper = keeper;
        this.progress = progress;
        this.outlook = outlook;
    }

    /** Runs trials that are of this kind and share features, by the images that they train on. */
    void run(Map<TrainingSet, List<Trial>> bySet) throws IOException {
        List<Trial> all = bySet.values().stream().flatMap(List::stream).toList();
        try (Scope scope = Scope.open()) {
            Optional<Extracted> extracted = Attempt.at(all, sink, () -> extract(all.get(0)));
            if (extracted.isEmpty()) {
                return;
            }
            for (var entry : bySet.entrySet()) {
                try (Scope draw = Scope.open()) {
                    FeatureSet features = of(entry.getKey(), extracted.get().features());
                    run(entry.getKey(), features, extracted.get().init(), entry.getValue());
                }
            }
        }
    }

    /** What every trial needs: the features, in the scope that is open, and how heads on them are drawn. */
    private record Extracted(Map<Split, Tensor> features, Encoder.HeadInit init) {}

    private Extracted extract(Trial any) throws IOException {
        Path file = files.get(
                any,
                sources.card(any),
                dataset,
                weights,
                () -> sources.frozenEncoder(any, weights),
                outlook.of(progress, Set.of(Plan.Features.of(any))));
        return new Extracted(FeatureExtractor.read(file), sources.headInit(any));
    }

    private void run(TrainingSet set, FeatureSet features, Encoder.HeadInit init, List<Trial> trials)
            throws IOException {
        for (Trial trial : trials) {
            if (trial.strategy() instanceof Strategy.NearestNeighbours strategy) {
                Instant started = Instant.now();
                Attempt.at(List.of(trial), sink, () -> vote(features, trial, strategy.k()))
                        .ifPresent(fit -> sink.done(trial, set, fit, started));
            }
        }
        Map<Recipe, List<Trial>> probes = trials.stream()
                .filter(trial -> trial.strategy() instanceof Strategy.LinearProbe)
                .collect(Collectors.groupingBy(Trial::recipe, LinkedHashMap::new, Collectors.toList()));
        for (List<Trial> group : probes.values()) {
            probe(set, features, init, group);
        }
    }

    /** With a bar, at which a run that is to stop does so. */
    private Fit vote(FeatureSet features, Trial trial, int k) {
        try (Progress.Bar bar = outlook.of(progress, Set.of(trial)).begin("nearest neighbours", 1)) {
            Fit fit = NearestNeighbours.run(features, k);
            bar.step(1);
            return fit;
        }
    }

    /** The features and labels of the training images that were chosen, and of all others. */
    private static FeatureSet of(TrainingSet set, Map<Split, Tensor> all) {
        var whole = new FeatureSet(set.dataset().task(), set.dataset().classes(), all, set.labels());
        int[] chosen = set.chosen();
        return chosen.length < set.labels().get(Split.TRAIN).length ? whole.with(Split.TRAIN, chosen) : whole;
    }

    private void probe(TrainingSet set, FeatureSet features, Encoder.HeadInit init, List<Trial> trials)
            throws IOException {
        Instant started = Instant.now();
        // A head's numbers do not depend on its company: where a group fails each runs alone, so that only culprits
        // fail.
        List<Trial> toBlame = trials.size() == 1 ? trials : List.of();
        Optional<List<Fit>> fits = Attempt.at(
                toBlame,
                sink,
                () -> LinearProbe.run(
                        features,
                        trials.stream().map(FeatureTrials::head).toList(),
                        init,
                        trials.get(0).recipe(),
                        outlook.of(progress, trials)));
        if (fits.isPresent()) {
            for (int i = 0; i < trials.size(); i++) {
                Fit fit = fits.get().get(i);
                keeper.keep(trials.get(i), Optional.empty(), fit.head().orElseThrow());
                sink.done(trials.get(i), set, fit, started);
            }
        } else if (trials.size() > 1) {
            for (Trial trial : trials) {
                probe(set, features, init, List.of(trial));
            }
        }
    }

    private static LinearProbe.Head head(Trial trial) {
        return new LinearProbe.Head(trial.seed(), ((Strategy.LinearProbe) trial.strategy()).headLr());
    }
}

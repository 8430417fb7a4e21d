package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osler.data.Dataset;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.train.FeatureExtractor;
import org.osler.train.FeatureSet;
import org.osler.train.Progress;
import org.osler.weights.Home;

/** The features that a trial of a study works on: those at hand, or made now and kept for other trials. */
public final class FrozenFeatures implements AutoCloseable {

    private final Trial trial;
    private final Sources sources;
    private final FeatureFiles files;
    private final Dataset dataset;
    private final Sources.Weights weights;

    private FrozenFeatures(Trial trial, Sources sources, FeatureFiles files, Dataset dataset, Sources.Weights weights) {
        this.trial = trial;
        this.sources = sources;
        this.files = files;
        this.dataset = dataset;
        this.weights = weights;
    }

    /**
     * Opens a trial's dataset and finds its encoder's weights; reads neither yet.
     *
     * @param trial of the study, whose strategy works on features
     * @throws org.osler.InputException if data or weights are not to be had
     */
    public static FrozenFeatures of(Study study, Trial trial, Home home, Progress progress) throws IOException {
        Sources sources = new Sources(study, home, progress);
        Sources.Weights weights = sources.weights(trial);
        return new FrozenFeatures(trial, sources, new FeatureFiles(home), sources.dataset(trial), weights);
    }

    /** Something that reads a dataset. */
    @FunctionalInterface
    public interface Reading<T> {

        /** Reads it. */
        T of(Dataset dataset) throws IOException;
    }

    /** Reads a trial's dataset; no weights are needed. */
    public static <T> T onDataset(Study study, Trial trial, Home home, Progress progress, Reading<T> reading)
            throws IOException {
        try (Dataset dataset = new Sources(study, home, progress).dataset(trial)) {
            return reading.of(dataset);
        }
    }

    /** Work on features. */
    @FunctionalInterface
    public interface Use<T> {

        /**
         * Does it.
         *
         * @param features all images; they go when this returns
         * @param init how heads on them are drawn
         */
        T of(FeatureSet features, Encoder.HeadInit init) throws IOException;
    }

    /** The dataset, open until this is closed. */
    public Dataset dataset() {
        return dataset;
    }

    /** A hash of everything that makes the features, data, weights and arithmetic included; 32 hexadecimal digits. */
    public String key() {
        return FeatureFiles.key(trial, sources.card(trial), weights.sha256(), dataset.hash());
    }

    /** Whether a result comes from these data and weights, taken for the same task. */
    public boolean made(TrialResult result) {
        return result.provenance().madeFrom(weights.sha256(), dataset.hash())
                && result.data().task() == dataset.task();
    }

    /** Whether the features are there already. */
    public boolean atHand() {
        return files.has(trial, sources.card(trial), weights.sha256(), dataset.hash());
    }

    /** Does work on the features, which are made first where they are not at hand. */
    public <T> T use(Progress progress, Use<T> use) throws IOException {
        Path file = files.get(
                trial, sources.card(trial), dataset, weights, () -> sources.frozenEncoder(trial, weights), progress);
        try (Scope scope = Scope.open()) {
            Map<Split, Tensor> features = FeatureExtractor.read(file);
            TrainingSet set = TrainingSet.of(dataset, weights, TrainingSet.Draw.of(trial));
            return use.of(
                    new FeatureSet(dataset.task(), dataset.classes(), features, set.labels()), sources.headInit(trial));
        }
    }

    @Override
    public void close() {
        dataset.close();
    }
}

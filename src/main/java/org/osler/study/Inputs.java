package org.osler.study;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.osler.data.Dataset;
import org.osler.metric.Task;

/** The data and weights of many trials, each looked at once however many trials share them. */
final class Inputs {

    private final Sources sources;
    private final Map<String, Sources.Weights> weights = new HashMap<>();
    private final Map<Key, Data> data = new HashMap<>();

    private record Key(String dataset, OptionalInt size) {}

    private record Data(String hash, Task task) {}

    Inputs(Sources sources) {
        this.sources = sources;
    }

    /**
     * The weights of a trial's encoder.
     *
     * @throws org.osler.InputException if they are not to be had
     */
    Sources.Weights weights(Trial trial) throws IOException {
        Sources.Weights known = weights.get(trial.encoder());
        if (known == null) {
            known = sources.weights(trial);
            weights.put(trial.encoder(), known);
        }
        return known;
    }

    /**
     * The hash of a trial's dataset, which is opened for it: all of it is at hand, whole and fit to be used.
     *
     * @throws org.osler.InputException if it is not
     */
    String dataHash(Trial trial) throws IOException {
        return data(trial).hash();
    }

    /** Whether a trial's result was made from the weights and data at hand, taken for the same task. */
    boolean made(TrialResult result) throws IOException {
        Trial trial = result.trial();
        return result.provenance().madeFrom(weights(trial).sha256(), dataHash(trial))
                && result.data().task() == data(trial).task();
    }

    private Data data(Trial trial) throws IOException {
        var key = new Key(trial.dataset(), trial.size());
        Data known = data.get(key);
        if (known == null) {
            try (Dataset dataset = sources.dataset(trial)) {
                known = new Data(dataset.hash(), dataset.task());
            }
            data.put(key, known);
        }
        return known;
    }
}

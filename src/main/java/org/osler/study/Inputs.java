package org.osler.study;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.osler.data.Dataset;

/** The data and weights of many trials, each looked at once however many trials share them. */
final class Inputs {

    private final Sources sources;
    private final Map<String, Sources.Weights> weights = new HashMap<>();
    private final Map<Key, String> dataHashes = new HashMap<>();

    private record Key(String dataset, OptionalInt size) {}

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
        var key = new Key(trial.dataset(), trial.size());
        String known = dataHashes.get(key);
        if (known == null) {
            try (Dataset dataset = sources.dataset(trial)) {
                known = dataset.hash();
            }
            dataHashes.put(key, known);
        }
        return known;
    }
}

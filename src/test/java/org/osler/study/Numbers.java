package org.osler.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osler.data.Split;

/** What two runs of one study have to agree in, to the last bit. */
public final class Numbers {

    private Numbers() {}

    /** Everything that the results in a folder say but times, by trial. */
    public static Map<String, List<String>> in(Path folder) {
        Map<String, List<String>> numbers = new TreeMap<>();
        try (ResultStore store = ResultStore.read(folder)) {
            for (TrialResult result : store.results()) {
                String id = result.trial().id();
                numbers.put(
                        id,
                        List.of(
                                result.trial().label(),
                                result.best().toString(),
                                result.curve().toString(),
                                Arrays.deepToString(store.scores(id, Split.VAL)),
                                Arrays.deepToString(store.scores(id, Split.TEST)),
                                Double.toString(result.test().auc())));
            }
        }
        return numbers;
    }
}

package org.osler.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osler.metric.Task;

/**
 * What a model says of one image.
 *
 * @param task what was asked
 * @param names of the classes (or labels), in the model's order
 * @param scores calibrated probability of each, 0 to 1; those of classes that exclude each other sum to 1
 * @param features the encoder's pooled feature vector, {@code [D]}
 */
public record Prediction(Task task, List<String> names, double[] scores, float[] features) {

    private static final double THRESHOLD = 0.5;

    public Prediction {
        names = List.copyOf(names);
    }

    /** The most probable class; of a multi-label model the most probable label, there or not: see {@link #labels}. */
    public String label() {
        return names.get(best());
    }

    /** The class; of a multi-label model every label whose probability is above 0.5, which may be none. */
    public List<String> labels() {
        if (task != Task.MULTI_LABEL) {
            return List.of(label());
        }
        return IntStream.range(0, scores.length)
                .filter(c -> scores[c] > THRESHOLD)
                .mapToObj(names::get)
                .toList();
    }

    /** The calibrated probability of each class (or label) by name, in the model's order. */
    public Map<String, Double> probabilities() {
        Map<String, Double> all = new LinkedHashMap<>();
        for (int c = 0; c < scores.length; c++) {
            all.put(names.get(c), scores[c]);
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * The answer that accuracy judges: of equal maxima the first wins; a binary model says its second class only above
     * 0.5.
     */
    private int best() {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }
}

package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osler.SeededRandom;
import org.osler.data.Split;
import org.osler.encoder.Encoder.HeadInit;
import org.osler.metric.RocAuc;
import org.osler.metric.Task;
import org.osler.nn.Init;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.train.CrossValidation.OutOfFold;
import org.osler.train.LinearProbe.Head;

class CrossValidationTest {

    private static final HeadInit INIT = new HeadInit(Init.normal(0.02), Init.ZEROS);
    private static final Recipe SHORT = Recipes.wu2025(120, 16, 50, 10);
    private static final int TRAIN = 90;
    private static final int OTHERS = 30;
    private static final int DIMENSIONS = 60;
    private static final int FOLDS = 3;

    /** All of one fold are renamed: only the other folds' scores change. */
    @Test
    void whatAnImageIsCalledDoesNotChangeItsOwnScores() {
        int[][] labels = labels(TRAIN, "train");
        OutOfFold before = run(labels, 0, SHORT);
        for (int i = 7 % FOLDS; i < TRAIN; i += FOLDS) {
            labels[i][0] = 1 - labels[i][0];
        }
        OutOfFold after = run(labels, 0, SHORT);
        assertThat(after.probe()[7]).containsExactly(before.probe()[7]);
        assertThat(after.neighbours()[7]).containsExactly(before.neighbours()[7]);
        assertThat(after.probe()[8]).isNotEqualTo(before.probe()[8]);
    }

    /** With as many dimensions as this, what is trained on an image knows it by heart. */
    @Test
    void labelsByChanceAreNotPredicted() {
        int[][] labels = labels(TRAIN, "train");
        OutOfFold scores = run(labels, 0, SHORT);
        assertThat(RocAuc.of(Task.BINARY, labels, scores.probe()).value()).isCloseTo(0.5, within(0.2));
        assertThat(RocAuc.of(Task.BINARY, labels, scores.neighbours()).value()).isCloseTo(0.5, within(0.2));
    }

    @Test
    void whatIsThereIsFound() {
        int[][] labels = labels(TRAIN, "train");
        OutOfFold scores = run(labels, 2, SHORT);
        assertThat(RocAuc.of(Task.BINARY, labels, scores.probe()).value()).isGreaterThan(0.9);
        assertThat(RocAuc.of(Task.BINARY, labels, scores.neighbours()).value()).isGreaterThan(0.9);
    }

    private static OutOfFold run(int[][] labels, double signal, Recipe recipe) {
        int[] folds = new int[TRAIN];
        for (int i = 0; i < TRAIN; i++) {
            folds[i] = i % FOLDS;
        }
        try (Scope scope = Scope.open()) {
            Map<Split, Tensor> features = new EnumMap<>(Split.class);
            Map<Split, int[][]> all = new EnumMap<>(Split.class);
            all.put(Split.TRAIN, labels);
            all.put(Split.VAL, labels(OTHERS, "val"));
            all.put(Split.TEST, labels(OTHERS, "test"));
            // Features tell the labels as they were before a test changed one.
            features.put(Split.TRAIN, features(labels(TRAIN, "train"), signal, "train"));
            features.put(Split.VAL, features(all.get(Split.VAL), signal, "val"));
            features.put(Split.TEST, features(all.get(Split.TEST), signal, "test"));
            return CrossValidation.run(
                    new FeatureSet(Task.BINARY, 2, features, all),
                    folds,
                    List.of(new Head(0, 1e-2), new Head(0, 1e-3)),
                    INIT,
                    recipe,
                    5,
                    Progress.SILENT);
        }
    }

    private static int[][] labels(int count, String purpose) {
        SeededRandom random = SeededRandom.of(1, purpose);
        int[][] labels = new int[count][1];
        for (int i = 0; i < count; i++) {
            labels[i][0] = i < 2 ? i : random.below(2);
        }
        return labels;
    }

    private static Tensor features(int[][] labels, double signal, String purpose) {
        SeededRandom random = SeededRandom.of(2, purpose);
        float[] values = new float[labels.length * DIMENSIONS];
        for (int i = 0; i < values.length; i++) {
            boolean tells = i % DIMENSIONS < 4;
            values[i] = (float) (random.normal() + (tells ? signal * (2 * labels[i / DIMENSIONS][0] - 1) : 0));
        }
        return Tensors.of(values, labels.length, DIMENSIONS);
    }
}

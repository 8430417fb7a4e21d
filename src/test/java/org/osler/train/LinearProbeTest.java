package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osler.data.Split;
import org.osler.encoder.Encoder.HeadInit;
import org.osler.encoder.FormulaWeights;
import org.osler.metric.Task;
import org.osler.nn.Init;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.train.LinearProbe.Head;

class LinearProbeTest {

    private static final HeadInit INIT = new HeadInit(Init.normal(0.02), Init.ZEROS);
    private static final Recipe SHORT = Recipes.wu2025(120, 16, 50, 10);

    @ParameterizedTest
    @EnumSource(Task.class)
    void aHeadsNumbersDoNotDependOnItsCompany(Task task) {
        companyChangesNothing(
                task, List.of(new Head(0, 1e-2), new Head(1, 1e-2), new Head(2, 1e-2), new Head(1, 1e-3)));
    }

    @ParameterizedTest
    @EnumSource(Task.class)
    void learningRatesThatShareTheBatchesOfTheirSeedsDoNotEither(Task task) {
        companyChangesNothing(
                task, List.of(new Head(3, 1e-2), new Head(1, 1e-2), new Head(3, 1e-3), new Head(1, 1e-3)));
    }

    private static void companyChangesNothing(Task task, List<Head> all) {
        try (Scope scope = Scope.open()) {
            FeatureSet data = data(task, 53);
            List<Fit> together = LinearProbe.run(data, all, INIT, SHORT, Progress.SILENT);
            for (int h = 0; h < all.size(); h++) {
                Fit alone = LinearProbe.run(data, all.subList(h, h + 1), INIT, SHORT, Progress.SILENT)
                        .get(0);
                assertThat(alone.curve()).isEqualTo(together.get(h).curve());
                assertThat(alone.testScores()).isDeepEqualTo(together.get(h).testScores());
            }
        }
    }

    /** A last batch of one image; heads that stop at different epochs. */
    @ParameterizedTest
    @EnumSource(Task.class)
    void aHeadThatStopsEarlyLeavesTheOthersAsTheyAre(Task task) {
        List<Head> all = List.of(new Head(0, 0.3), new Head(1, 1e-3), new Head(2, 1e-3), new Head(1, 1e-4));
        Recipe recipe = Recipes.with(Recipe.doerrich2024(), 30, 16);
        try (Scope scope = Scope.open()) {
            FeatureSet data = data(task, 16);
            List<Fit> together = LinearProbe.run(data, all, INIT, recipe, Progress.SILENT);
            for (int h = 0; h < all.size(); h++) {
                Fit alone = LinearProbe.run(data, all.subList(h, h + 1), INIT, recipe, Progress.SILENT)
                        .get(0);
                assertThat(alone.curve()).isEqualTo(together.get(h).curve());
                assertThat(alone.testScores()).isDeepEqualTo(together.get(h).testScores());
                int last = alone.curve().size();
                assertThat(last == 30 || last - alone.best().epoch() == 5).isTrue();
                assertThat(alone.best().valLoss())
                        .isEqualTo(alone.curve().stream()
                                .mapToDouble(CurvePoint::valLoss)
                                .min()
                                .orElseThrow());
            }
            assertThat(together.stream().map(fit -> fit.curve().size()).distinct())
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void aProbeFindsWhatIsLinearlyThere() {
        try (Scope scope = Scope.open()) {
            FeatureSet data = data(Task.BINARY, 4);
            Fit fit = LinearProbe.run(data, List.of(new Head(0, 1e-2)), INIT, SHORT, Progress.SILENT)
                    .get(0);
            // 120 iterations of 97/16 = 6 batches: 20 epochs, validated every second, and after the last.
            assertThat(fit.curve())
                    .extracting(CurvePoint::epoch)
                    .containsExactly(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 20);
            assertThat(fit.best().valAccuracy()).isGreaterThan(0.9);
            assertThat(fit.curve().get(10).trainLoss())
                    .isLessThan(fit.curve().get(0).trainLoss());
        }
    }

    @Test
    void aLossThatIsNoNumberIsSaidSo() {
        try (Scope scope = Scope.open()) {
            FeatureSet data = data(Task.MULTI_CLASS, 5);
            HeadInit broken = new HeadInit((values, random) -> values[0] = Float.NaN, Init.ZEROS);
            assertThatThrownBy(() -> LinearProbe.run(data, List.of(new Head(0, 1e-2)), broken, SHORT, Progress.SILENT))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("iteration 6");
        }
    }

    /** Features in which the sign of the first tells the class. */
    private static FeatureSet data(Task task, int dimensions) {
        Map<Split, Tensor> features = new EnumMap<>(Split.class);
        Map<Split, int[][]> labels = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            int count = split == Split.TRAIN ? 97 : 40;
            Tensor x = FormulaWeights.tensor(split.id(), count, dimensions).mul(4);
            float[] values = x.toFloats();
            int[][] y = new int[count][];
            for (int i = 0; i < count; i++) {
                int positive = values[i * dimensions] > 0 ? 1 : 0;
                y[i] = task == Task.MULTI_LABEL
                        ? new int[] {positive, i % 2, i % 3 == 0 ? 1 : 0}
                        : new int[] {task == Task.BINARY ? positive : positive + i % 2};
            }
            features.put(split, x);
            labels.put(split, y);
        }
        return new FeatureSet(task, task == Task.BINARY ? 2 : 3, features, labels);
    }
}

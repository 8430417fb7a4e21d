package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandardisedAccuracyTest {

    private static final double[] ZERO = {0.9, 0.1};
    private static final double[] ONE = {0.1, 0.9};

    /** Elsewhere three of four cases are of class 1. */
    private static final int[][] ELSEWHERE = {{1}, {1}, {0}, {1}};

    @Test
    void sensitivitiesAreWeightedByHowFrequentClassesAreElsewhere() {
        int[][] labels = {{0}, {0}, {0}, {0}, {1}, {1}};
        double[][] first = {ZERO, ZERO, ZERO, ZERO, ONE, ZERO};
        double[][] second = {ZERO, ZERO, ONE, ONE, ONE, ONE};
        Subgroup.Estimate estimate = StandardisedAccuracy.of(
                Task.BINARY, labels, List.of(first, second), Units.alone(labels.length), ELSEWHERE, 500, 0);
        // ¼ · 1 + ¾ · ½ = 0.625 and ¼ · ½ + ¾ · 1 = 0.875
        assertThat(estimate.value()).isCloseTo(0.75, within(1e-12));
        assertThat(estimate.interval().low()).isBetween(0.2, 0.75);
        assertThat(estimate.interval().high()).isBetween(0.75, 1.0);
    }

    @Test
    void atTheirOwnMixItIsTheAccuracy() {
        int[][] labels = {{0}, {2}, {1}, {1}, {2}, {2}};
        double[][] scores = {
            {0.5, 0.3, 0.2}, {0.1, 0.2, 0.7}, {0.6, 0.2, 0.2}, {0.2, 0.6, 0.2}, {0.4, 0.3, 0.3}, {0.1, 0.1, 0.8}
        };
        assertThat(StandardisedAccuracy.of(
                                Task.MULTI_CLASS,
                                labels,
                                List.<double[][]>of(scores),
                                Units.alone(labels.length),
                                labels,
                                100,
                                0)
                        .value())
                .isCloseTo(Accuracy.of(Task.MULTI_CLASS, labels, scores), within(1e-12));
    }

    @Test
    void withoutAClassThatOccursElsewhereThereIsNone() {
        int[][] labels = {{1}, {1}};
        assertThat(StandardisedAccuracy.of(
                                Task.BINARY,
                                labels,
                                List.<double[][]>of(new double[][] {ONE, ONE}),
                                Units.alone(2),
                                ELSEWHERE,
                                10,
                                0)
                        .value())
                .isNaN();
    }
}

package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osler.SeededRandom;

/** Resamples drawn once, in blocks, against the plain way: one after the other, each counted case by case. */
class ResamplingTest {

    private static final int CASES = 60;
    private static final int CLASSES = 4;
    private static final int RESAMPLES = 300;

    private static final int[][] LABELS = new int[CASES][1];
    private static final double[][] SCORES = new double[CASES][CLASSES];

    static {
        SeededRandom random = SeededRandom.of(0, "test");
        for (int i = 0; i < CASES; i++) {
            LABELS[i][0] = i == 0 ? 3 : random.below(3); // the last class is lacking in every third resample
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                SCORES[i][c] = random.below(8) + (LABELS[i][0] == c ? 2 : 0); // many ties
                sum += SCORES[i][c];
            }
            for (int c = 0; c < CLASSES; c++) {
                SCORES[i][c] /= sum;
            }
        }
    }

    /** The values that the metric itself has on the resampled cases. */
    private static double[] plainly(Metric metric) {
        SeededRandom random = SeededRandom.of(7, "bootstrap");
        double[] values = new double[RESAMPLES];
        int done = 0;
        while (done < RESAMPLES) {
            int[][] labels = new int[CASES][];
            double[][] scores = new double[CASES][];
            boolean whole = false;
            for (int i = 0; i < CASES; i++) {
                int drawn = random.below(CASES);
                labels[i] = LABELS[drawn];
                scores[i] = SCORES[drawn];
                whole |= drawn == 0;
            }
            if (whole || (metric != Metric.AUC && metric != Metric.BALANCED_ACCURACY)) {
                values[done++] = Evaluation.of(Task.MULTI_CLASS, labels, scores).value(metric);
            }
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThoseOfTheMetricOnTheResampledCases(Metric metric) {
        double[] values = new Resampling(CASES, RESAMPLES, 7).values(Task.MULTI_CLASS, LABELS, SCORES, metric);
        double[] expected = plainly(metric);
        for (int r = 0; r < RESAMPLES; r++) {
            assertThat(values[r]).isCloseTo(expected[r], org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    @Test
    void whatDoesNotFitInMemoryIsDrawnAgainAndTheSame() {
        double[] all = new Resampling(CASES, RESAMPLES, 7).values(Task.MULTI_CLASS, LABELS, SCORES, Metric.AUC);
        for (int weights : new int[] {0, CASES, 50 * CASES, 1000 * CASES}) {
            Resampling smaller = new Resampling(Units.alone(CASES), RESAMPLES, 7, weights);
            assertThat(smaller.values(Task.MULTI_CLASS, LABELS, SCORES, Metric.AUC))
                    .isEqualTo(all);
            assertThat(smaller.values(Task.MULTI_CLASS, LABELS, SCORES, Metric.AUC))
                    .isEqualTo(all);
        }
    }

    @Test
    void casesHaveToBeAsManyAsWereDrawn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Resampling(CASES + 1, RESAMPLES, 7).values(Task.MULTI_CLASS, LABELS, SCORES, Metric.AUC))
                .withMessage("resamples of 61 cases do not fit 60 cases");
    }

    @Test
    void copiesOfOneCaseInAGroupAreResampledAsThatCase() {
        int[] groups = new int[3 * CASES];
        int[][] labels = new int[3 * CASES][];
        double[][] scores = new double[3 * CASES][];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i % CASES;
            labels[i] = LABELS[groups[i]];
            scores[i] = SCORES[groups[i]];
        }
        double[] alone = new Resampling(CASES, RESAMPLES, 7).values(Task.MULTI_CLASS, LABELS, SCORES, Metric.AUC);
        double[] copies =
                new Resampling(new Units(groups), RESAMPLES, 7).values(Task.MULTI_CLASS, labels, scores, Metric.AUC);
        assertThat(copies).containsExactly(alone, within(1e-12));
        assertThat(new Resampling(3 * CASES, RESAMPLES, 7).values(Task.MULTI_CLASS, labels, scores, Metric.AUC))
                .isNotEqualTo(copies);
    }
}

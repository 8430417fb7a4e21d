package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final double NAN = Double.NaN;

    @Test
    void equalsScikitLearnOnAThousandSamples() throws IOException {
        var cases = Golden.cases();
        assertThat(cases).hasSize(1000);
        for (Golden golden : cases) {
            Evaluation evaluation = Evaluation.of(golden.task(), golden.labels(), golden.scores());
            golden.check("acc", evaluation.accuracy());
            golden.check("auc", evaluation.auc());
            golden.check("balanced", evaluation.balancedAccuracy());
            golden.check("sensitivity", evaluation.sensitivity());
            golden.check("specificity", evaluation.specificity());
            golden.check("classAuc", evaluation.classAuc());
            golden.check("f1", evaluation.f1());
            golden.check(
                    "support",
                    Arrays.stream(evaluation.support()).asDoubleStream().toArray());
            for (Metric metric : Metric.values()) {
                golden.check(metric == Metric.BALANCED_ACCURACY ? "balanced" : metric.id(), evaluation.value(metric));
            }
            assertThat(evaluation.confusion()).isDeepEqualTo(golden.ints("confusion"));
            golden.check("ece", evaluation.ece());
            golden.check("brier", evaluation.brier());
        }
    }

    @Test
    void eachMetricByItselfEqualsScikitLearnToo() throws IOException {
        for (Golden golden : Golden.cases().subList(900, 1000)) {
            Task task = golden.task();
            int[][] labels = golden.labels();
            double[][] scores = golden.scores();
            RocAuc.Result auc = RocAuc.of(task, labels, scores);
            golden.check("acc", Accuracy.of(task, labels, scores));
            golden.check("auc", auc.value());
            golden.check("classAuc", auc.perClass());
            golden.check("balanced", BalancedAccuracy.of(task, labels, scores));
            golden.check("ece", Calibration.expectedError(task, labels, scores));
            golden.check("brier", Brier.of(task, labels, scores));
        }
    }

    @Test
    void aucOfTiedScoresCountsHalf() {
        int[][] labels = {{0}, {1}, {0}, {1}};
        double[][] scores = {{0.5, 0.5}, {0.5, 0.5}, {0.8, 0.2}, {0.1, 0.9}};
        assertThat(RocAuc.of(Task.BINARY, labels, scores).value()).isEqualTo(3.5 / 4);
    }

    @Test
    void zeroAndMinusZeroAreTheSameScore() {
        int[][] labels = {{0}, {1}};
        double[][] scores = {{1, -0.0}, {1, 0.0}};
        assertThat(RocAuc.of(Task.BINARY, labels, scores).value()).isEqualTo(0.5);
    }

    @Test
    void classWithoutCasesIsNamedAndLeftOutOfTheMean() {
        int[][] labels = {{0}, {2}, {2}};
        double[][] scores = {{0.6, 0.2, 0.2}, {0.1, 0.2, 0.7}, {0.7, 0.2, 0.1}};
        RocAuc.Result auc = RocAuc.of(Task.MULTI_CLASS, labels, scores);
        assertThat(auc.undefined()).containsExactly(1);
        assertThat(Evaluation.of(Task.MULTI_CLASS, labels, scores).classesWithoutAuc())
                .containsExactly(1);
        assertThat(auc.perClass()).containsExactly(0.5, NAN, 0.5);
        assertThat(auc.value()).isEqualTo(0.5);
    }

    @Test
    void binaryLooksAtTheLastColumnOnly() {
        int[][] labels = {{0}, {1}};
        double[][] scores = {{0.9, 0.4}, {0.9, 0.6}};
        Evaluation evaluation = Evaluation.of(Task.BINARY, labels, scores);
        assertThat(evaluation.accuracy()).isEqualTo(1);
        assertThat(evaluation.classAuc()).containsExactly(1, 1);
    }

    @Test
    void edgeOfACalibrationBinBelongsToTheBinBelow() {
        assertThat(Calibration.binOf(0)).isZero();
        assertThat(Calibration.binOf(1)).isEqualTo(14);
        for (int b = 1; b < 15; b++) {
            double edge = b / 15.0;
            assertThat(Calibration.binOf(Math.nextDown(edge))).isEqualTo(b - 1);
            assertThat(Calibration.binOf(edge)).isEqualTo(b - 1);
            assertThat(Calibration.binOf(Math.nextUp(edge))).isEqualTo(b);
        }
    }

    @Test
    void scoreOfOneHalfIsANo() {
        assertThat(Accuracy.of(Task.BINARY, new int[][] {{0}}, new double[][] {{0.5, 0.5}}))
                .isEqualTo(1);
        assertThat(Accuracy.of(Task.MULTI_LABEL, new int[][] {{0, 1}}, new double[][] {{0.5, 0.5}}))
                .isEqualTo(0.5);
    }

    @Test
    void firstOfEqualLargestScoresWins() {
        double[][] scores = {{0.2, 0.4, 0.4}};
        assertThat(Accuracy.of(Task.ORDINAL, new int[][] {{1}}, scores)).isEqualTo(1);
        assertThat(Accuracy.of(Task.ORDINAL, new int[][] {{2}}, scores)).isZero();
    }

    @Test
    void wrongShapesAreRefusedWithTheirValues() {
        refused(Task.BINARY, new int[][] {{0}}, new double[0][], "1 rows of labels but 0 of scores");
        refused(Task.BINARY, new int[0][], new double[0][], "no cases to evaluate");
        refused(Task.BINARY, new int[][] {{0}}, new double[][] {{0.5}}, "binary scores cannot have 1 columns");
        refused(Task.MULTI_CLASS, new int[][] {{0}}, new double[][] {{1}}, "multi-class scores cannot have 1 columns");
        refused(
                Task.ORDINAL,
                new int[][] {{0}, {0}},
                new double[][] {{1, 0}, {1, 0, 0}},
                "row 1 of scores has 3 columns, row 0 has 2");
        refused(
                Task.MULTI_LABEL,
                new int[][] {{0}},
                new double[][] {{1, 0}},
                "row 0 of multi-label labels has 1 columns, not 2");
        refused(
                Task.MULTI_CLASS,
                new int[][] {{0, 1}},
                new double[][] {{1, 0}},
                "row 0 of multi-class labels has 2 columns, not 1");
    }

    @Test
    void valuesOutOfRangeAreRefusedWithTheirPlace() {
        int[][] labels = {{0}, {1}};
        refused(
                Task.BINARY,
                labels,
                new double[][] {{1, 0}, {NAN, 0}},
                "score NaN of case 1, column 0 is not in [0, 1]");
        refused(
                Task.BINARY,
                labels,
                new double[][] {{1, 0}, {0, 1.5}},
                "score 1.5 of case 1, column 1 is not in [0, 1]");
        refused(
                Task.BINARY,
                labels,
                new double[][] {{-1, 0}, {0, 1}},
                "score -1.0 of case 0, column 0 is not in [0, 1]");
        refused(Task.ORDINAL, new int[][] {{3}}, new double[][] {{1, 0, 0}}, "label 3 of case 0 is not in 0 to 2");
        refused(Task.MULTI_CLASS, new int[][] {{-1}}, new double[][] {{1, 0}}, "label -1 of case 0 is not in 0 to 1");
        refused(Task.MULTI_LABEL, new int[][] {{0, 2}}, new double[][] {{1, 0}}, "label 2 of case 0 is not in 0 to 1");
    }

    private static void refused(Task task, int[][] labels, double[][] scores, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(task, labels, scores))
                .withMessage(message);
    }
}

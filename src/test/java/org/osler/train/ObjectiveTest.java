package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.encoder.FormulaWeights;
import org.osler.metric.Task;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

class ObjectiveTest {

    /** The loss that validation reports is the one that training lowers, libtorch's. */
    @ParameterizedTest
    @CsvSource({
        "BINARY, ONE_LOGIT, 1",
        "BINARY, TWO_LOGITS, 2",
        "MULTI_CLASS, ONE_LOGIT, 3",
        "ORDINAL, TWO_LOGITS, 3",
        "MULTI_LABEL, TWO_LOGITS, 3",
    })
    void lossOnTheHostIsLibtorchs(Task task, Recipe.BinaryOutput output, int logits) {
        int classes = task == Task.BINARY ? 2 : 3;
        var objective = new Objective(task, classes, output);
        assertThat(objective.logits()).isEqualTo(logits);
        int[][] labels = new int[20][];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = task == Task.MULTI_LABEL ? new int[] {i % 2, i % 3 % 2, 1} : new int[] {i % classes};
        }
        try (Scope scope = Scope.open()) {
            Tensor x = FormulaWeights.tensor("logits", labels.length, logits).mul(20);
            double[][] rows = objective.rows(x);
            double expected = objective.loss(x, objective.targets(labels)).item();
            assertThat(objective.loss(rows, labels)).isCloseTo(expected, within(1e-5 * expected));
            for (double[] row : objective.scores(rows)) {
                assertThat(row).hasSize(classes);
                if (task != Task.MULTI_LABEL) {
                    assertThat(java.util.Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
                }
            }
        }
    }
}

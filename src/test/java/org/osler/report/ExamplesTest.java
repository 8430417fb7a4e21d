package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osler.metric.Task;
import org.osler.report.ReportModel.Example;

class ExamplesTest {

    private static final List<String> NAMES = List.of("benign", "malignant");

    @Test
    void theWorstMistakeGivesTheTruthTheLowestMeanScore() {
        int[][] labels = {{1}, {0}, {1}, {0}};
        double[][] first = {{0.6, 0.4}, {0.05, 0.95}, {0.1, 0.9}, {0.8, 0.2}};
        double[][] second = {{0.8, 0.2}, {0.15, 0.85}, {0.2, 0.8}, {0.4, 0.6}};
        List<Example> picked = Examples.pick(NAMES, List.of(verdicts(labels, first), verdicts(labels, second)), 6);
        assertThat(picked).extracting(Example::index).containsExactly(1, 0, 3, 2);
        Example worst = picked.get(0);
        assertThat(worst.truth()).isEqualTo("benign");
        assertThat(worst.predicted()).isEqualTo("malignant");
        assertThat(worst.truthScore()).isCloseTo(0.1, within(1e-12));
        assertThat(worst.predictedScore()).isCloseTo(0.9, within(1e-12));
        assertThat(worst.wrongRuns()).isEqualTo(2);
        Example divided = picked.get(2);
        assertThat(divided.right()).isTrue();
        assertThat(divided.wrongRuns()).isEqualTo(1);
    }

    @Test
    void rightAnswersComeFromEachClassInTurn() {
        int[][] labels = {{1}, {1}, {1}, {0}};
        double[][] scores = {{0.01, 0.99}, {0.02, 0.98}, {0.03, 0.97}, {0.6, 0.4}};
        List<Example> picked = Examples.pick(NAMES, List.of(verdicts(labels, scores)), 6);
        assertThat(picked).extracting(Example::index).containsExactly(3, 0);
    }

    @Test
    void aMultiLabelImageAppearsOnceWithItsWorstLabel() {
        int[][] labels = {{1, 0}, {0, 1}};
        double[][] scores = {{0.1, 0.95}, {0.2, 0.9}};
        List<Example> picked = Examples.pick(
                List.of("effusion", "hernia"), List.of(new Verdicts(Task.MULTI_LABEL, labels, scores)), 6);
        assertThat(picked).extracting(Example::index).containsExactly(0, 1);
        assertThat(picked.get(0).truth()).isEqualTo("no hernia");
        assertThat(picked.get(0).predicted()).isEqualTo("hernia");
        assertThat(picked.get(0).truthScore()).isCloseTo(0.05, within(1e-12));
        assertThat(picked.get(1).truth()).isEqualTo("hernia");
        assertThat(picked.get(1).right()).isTrue();
    }

    private static Verdicts verdicts(int[][] labels, double[][] scores) {
        return new Verdicts(Task.BINARY, labels, scores);
    }
}

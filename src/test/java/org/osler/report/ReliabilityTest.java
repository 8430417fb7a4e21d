package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osler.SeededRandom;
import org.osler.metric.Calibration;
import org.osler.metric.Task;
import org.osler.report.ReportModel.Bin;
import org.osler.study.DataFacts;

class ReliabilityTest {

    @Test
    void theDiagramsGapsAddUpToTheCalibrationError() {
        for (Task task : List.of(Task.BINARY, Task.MULTI_CLASS, Task.ORDINAL)) {
            int classes = task == Task.BINARY ? 2 : 4;
            var random = SeededRandom.of(3, task.id());
            int[][] labels = new int[300][1];
            for (int[] label : labels) {
                label[0] = random.below(classes);
            }
            var names = List.of("a", "b", "c", "d").subList(0, classes);
            double[][] scores = DemoResults.scores(new DataFacts(task, names, 1, 28, 28, 1, 1, 300), labels, 5);
            double error = 0;
            int count = 0;
            for (Bin bin : Reliability.bins(new Verdicts(task, labels, scores))) {
                error += bin.count() * Math.abs(bin.accuracy() - bin.confidence()) / labels.length;
                count += bin.count();
            }
            assertThat(count).isEqualTo(labels.length);
            assertThat(error).isCloseTo(Calibration.expectedError(task, labels, scores), within(1e-12));
        }
    }

    @Test
    void binsAreOpenToTheLeftAndClosedToTheRight() {
        double edge = 9 / 15.0;
        int[][] labels = {{1}, {1}};
        double[][] scores = {{1 - edge, edge}, {1 - Math.nextUp(edge), Math.nextUp(edge)}};
        List<Bin> bins = Reliability.bins(new Verdicts(Task.BINARY, labels, scores));
        assertThat(bins.get(8).count()).isEqualTo(1);
        assertThat(bins.get(9).count()).isEqualTo(1);
    }

    @Test
    void everyLabelOfAMultiLabelTaskCounts() {
        int[][] labels = {{1, 0, 1}};
        double[][] scores = {{0.9, 0.2, 0.4}};
        List<Bin> bins = Reliability.bins(new Verdicts(Task.MULTI_LABEL, labels, scores));
        assertThat(bins.stream().mapToInt(Bin::count).sum()).isEqualTo(3);
        // The third is said to be absent with confidence 0.6, which is wrong.
        assertThat(bins.get(8).count()).isEqualTo(1);
        assertThat(bins.get(8).accuracy()).isZero();
    }
}

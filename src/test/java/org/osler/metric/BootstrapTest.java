package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.osler.SeededRandom;

class BootstrapTest {

    private static final int[][] TWO = {{0}, {1}};
    private static final double[][] RIGHT = {{0.9, 0.1}, {0.1, 0.9}};

    @Test
    void intervalsEqualThoseOfScikitLearnsMetricsOnTheSameResamples() throws IOException {
        var goldens = Golden.bootstraps();
        assertThat(goldens).hasSize(4);
        for (Golden golden : goldens) {
            for (Metric metric : Metric.values()) {
                Interval interval = Bootstrap.interval(
                        golden.task(),
                        golden.labels(),
                        golden.scores(),
                        metric,
                        golden.json().get("resamples").asInt(),
                        golden.json().get("level").asDouble(),
                        golden.json().get("seed").asLong());
                JsonNode expected = golden.json().get("intervals").get(metric.id());
                assertThat(interval.low())
                        .as("%s of %s", metric, golden)
                        .isCloseTo(expected.get(0).asDouble(), within(1e-10));
                assertThat(interval.high())
                        .as("%s of %s", metric, golden)
                        .isCloseTo(expected.get(1).asDouble(), within(1e-10));
            }
        }
    }

    @Test
    void resamplesThatLackAClassAreDrawnAgain() {
        // Half of all resamples of these two cases hold one of them twice and have no AUC.
        assertThat(interval(TWO, RIGHT, Metric.AUC)).isEqualTo(new Interval(1, 1));
        assertThat(interval(TWO, RIGHT, Metric.BALANCED_ACCURACY)).isEqualTo(new Interval(1, 1));
    }

    @Test
    void undefinedMetricHasNoInterval() {
        int[][] oneClass = {{0}, {0}};
        Interval none = interval(oneClass, RIGHT, Metric.AUC);
        assertThat(none.low()).isNaN();
        assertThat(none.high()).isNaN();
    }

    @Test
    void classesTooRareForAnIntervalGiveNone() {
        int classes = 14; // one case each: 8 in a million resamples hold all
        int[][] labels = new int[classes][1];
        double[][] scores = new double[classes][classes];
        for (int c = 0; c < classes; c++) {
            labels[c][0] = c;
            scores[c][c] = 1;
        }
        Interval none = Bootstrap.interval(Task.MULTI_CLASS, labels, scores, Metric.AUC, 100, 0.95, 0);
        assertThat(none.low()).isNaN();
        assertThat(none.high()).isNaN();
    }

    @Test
    void thousandResamplesOfTwoThousandCasesTakeUnderTwoSeconds() {
        SeededRandom random = SeededRandom.of(0, "test");
        int[][] labels = new int[2000][1];
        double[][] scores = new double[2000][7];
        for (int i = 0; i < labels.length; i++) {
            labels[i][0] = random.below(7);
            for (int c = 0; c < 7; c++) {
                scores[i][c] = random.uniform();
            }
        }
        ThreadMXBean clock = ManagementFactory.getThreadMXBean(); // CPU time: other programs do not count
        long start = clock.getCurrentThreadCpuTime();
        Interval interval = Bootstrap.interval(Task.MULTI_CLASS, labels, scores, Metric.AUC, 1000, 0.95, 0);
        assertThat((clock.getCurrentThreadCpuTime() - start) / 1e9).isLessThan(2);
        assertThat(interval.low()).isBetween(0.45, 0.5);
        assertThat(interval.high()).isBetween(0.5, 0.55);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.interval(Task.BINARY, TWO, RIGHT, Metric.AUC, 0, 0.95, 0))
                .withMessage("resamples must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.interval(Task.BINARY, TWO, RIGHT, Metric.AUC, 10, 95, 0))
                .withMessage("level must be between 0 and 1, not 95.0");
    }

    private static Interval interval(int[][] labels, double[][] scores, Metric metric) {
        return Bootstrap.interval(Task.BINARY, labels, scores, metric, 200, 0.95, 1);
    }
}

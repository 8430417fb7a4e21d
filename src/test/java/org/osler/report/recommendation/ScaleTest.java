package org.osler.report.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osler.metric.Interval;
import org.osler.recommend.Standing;

class ScaleTest {

    @Test
    void endsAndStepsAreRoundAndHoldEverything() {
        Scale scale = Scale.of(List.of(standing(0.917, 0.881, 0.943), standing(0.902, 0.866, 0.934)));
        assertThat(scale).isEqualTo(new Scale(86, 96, 2));
        assertThat(scale.ticks()).containsExactly(86.0, 88.0, 90.0, 92.0, 94.0, 96.0);
        assertThat(scale.at(0.86)).isEqualTo("0.00");
        assertThat(scale.at(0.91)).isEqualTo("50.00");
    }

    @Test
    void anAucWithoutAnIntervalStandsOnTheScaleToo() {
        assertThat(Scale.of(List.of(standing(0.5, Double.NaN, Double.NaN), standing(0.9, 0.8, 0.95))))
                .isEqualTo(new Scale(50, 100, 10));
        assertThat(Scale.of(List.of(standing(1, 1, 1))).high()).isGreaterThan(0);
        assertThat(Scale.of(List.of(standing(Double.NaN, Double.NaN, Double.NaN))))
                .isEqualTo(new Scale(0, 100, 20));
    }

    private static Standing standing(double auc, double low, double high) {
        return new Standing(
                "a", "A", false, 1, auc, new Interval(low, high), 0.5, Optional.empty(), 0.5, 0, Optional.empty());
    }
}

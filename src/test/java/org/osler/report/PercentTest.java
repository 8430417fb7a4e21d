package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osler.study.Statistic;

class PercentTest {

    @Test
    void numbersHaveTwoDecimalsAsInThePaper() {
        assertThat(Percent.of(0.8739)).isEqualTo("87.39");
        assertThat(Percent.of(1)).isEqualTo("100.00");
        assertThat(Percent.of(Statistic.of(List.of(0.85, 0.87)))).isEqualTo("86.00 ± 1.00");
    }

    @Test
    void aSingleSeedHasNoSpread() {
        assertThat(Percent.of(Statistic.of(List.of(0.85)))).isEqualTo("85.00");
    }

    @Test
    void differencesShowTheirSign() {
        assertThat(Percent.difference(0.86, 0.85)).isEqualTo("+1.00");
        assertThat(Percent.difference(0.84, 0.85)).isEqualTo("−1.00");
    }

    @Test
    void undefinedNumbersAreWords() {
        assertThat(Percent.of(Double.NaN)).isEqualTo("not defined");
        assertThat(Percent.of(Statistic.of(List.of(0.85, Double.NaN)))).isEqualTo("not defined");
        assertThat(Percent.difference(Double.NaN, 0.85)).isEqualTo("not defined");
    }
}

package org.osler.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CompareLimitsTest {

    @Test
    void theLargestValueRanksFirstAndEqualOnesShare() {
        assertThat(Ranks.descending(new double[] {0.9, 0.7, 0.9, 0.8})).containsExactly(1.5, 4, 1.5, 3);
        assertThat(Ranks.descending(new double[] {0.0, -0.0})).containsExactly(1.5, 1.5);
        assertThatThrownBy(() -> Ranks.descending(new double[] {1, Double.NaN}))
                .hasMessage("value 1 is NaN and has no rank");
        assertThatThrownBy(() -> Ranks.averages(new double[][] {{1, 2}, {1}}))
                .hasMessage("blocks of 2 and of 1 values");
    }

    @Test
    void friedmanOfNothingButTiesIsUndefinedAndOfFullAccordInfinite() {
        Friedman tied = Friedman.of(new double[][] {{1, 1, 1}, {2, 2, 2}});
        assertThat(tied.chiSquare()).isNaN();
        assertThat(tied.fp()).isNaN();
        Friedman accord = Friedman.of(new double[][] {{1, 2, 3}, {1, 2, 3}, {4, 5, 6}, {0, 1, 2}});
        assertThat(accord.chiSquare()).isCloseTo(8, within(1e-12));
        assertThat(accord.f()).isInfinite();
        assertThat(accord.fp()).isZero();
        assertThatThrownBy(() -> Friedman.of(new double[][] {{1, 2}})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wilcoxonOfEqualPairsTellsNothing() {
        assertThat(WilcoxonSignedRank.of(new double[] {1, 2}, new double[] {1, 2})
                        .p())
                .isEqualTo(1);
        double[] more = {1, 2, 3, 4, 5};
        double[] less = {0, 0, 0, 0, 0};
        assertThat(WilcoxonSignedRank.of(more, less).p())
                .isEqualTo(WilcoxonSignedRank.smallestP(5))
                .isEqualTo(0.0625);
        assertThatThrownBy(() -> WilcoxonSignedRank.of(more, new double[] {1}))
                .hasMessage("5 values cannot be paired with 1");
    }

    @Test
    void delongOfOneScorerAgainstItselfIsUndefined() {
        boolean[] positive = {true, true, false, false};
        double[] scores = {0.9, 0.3, 0.4, 0.1};
        DeLong same = DeLong.of(positive, scores, scores);
        assertThat(same.difference()).isZero();
        assertThat(same.p()).isNaN();
        assertThat(DeLong.of(new boolean[] {true, false, false, false}, scores, new double[] {1, 2, 3, 4})
                        .error())
                .isNaN();
    }

    @Test
    void delongIntervalIsNormal() {
        assertThat(new DeLong(0.1, 0.02, 0.5).halfWidth(0.95)).isCloseTo(1.959964 * 0.02, within(1e-8));
    }

    @Test
    void holmRefusesWhatIsNoProbability() {
        assertThatThrownBy(() -> Holm.adjust(new double[] {0.1, Double.NaN})).hasMessage("NaN is no p-value");
        assertThat(Holm.adjust(new double[0])).isEmpty();
    }

    @Test
    void resamplesOfTheSameScorerDifferInNothing() {
        double[] values = {0.5, 0.6, 0.7};
        assertThat(PairedBootstrap.of(values, values, 0.95)).isEqualTo(new PairedBootstrap(0, 0, 1));
    }
}

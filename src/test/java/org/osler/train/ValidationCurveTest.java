package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ValidationCurveTest {

    private static CurvePoint point(int epoch, double accuracy, double auc, double loss) {
        return new CurvePoint(epoch, 10 * epoch, 1, accuracy, auc, loss);
    }

    private static ValidationCurve curve(Validation.Best best, int patience) {
        return new ValidationCurve(new Validation(OptionalInt.empty(), best, OptionalInt.of(patience)));
    }

    @Test
    void eachCriterionHasItsOwnBest() {
        List<CurvePoint> points = List.of(point(1, 0.5, 0.9, 0.7), point(2, 0.8, 0.6, 0.8), point(3, 0.6, 0.7, 0.3));
        for (Validation.Best best : Validation.Best.values()) {
            ValidationCurve curve = curve(best, 10);
            points.forEach(curve::add);
            int epoch = switch (best) {
                case ACC -> 2;
                case AUC -> 1;
                case LOSS -> 3;
            };
            assertThat(curve.best().epoch()).as("%s", best).isEqualTo(epoch);
        }
    }

    @Test
    void ofEqualOnesTheFirstCountsAndPatienceEndsTheRun() {
        ValidationCurve curve = curve(Validation.Best.LOSS, 2);
        assertThat(curve.add(point(1, 0, 0, 0.5))).isTrue();
        assertThat(curve.add(point(2, 0, 0, 0.5))).isFalse();
        assertThat(curve.stopped()).isFalse();
        assertThat(curve.add(point(3, 0, 0, 0.6))).isFalse();
        assertThat(curve.stopped()).isTrue();
        ValidationCurve resumed = curve(Validation.Best.LOSS, 2);
        resumed.restore(curve.points());
        assertThat(resumed.stopped()).isTrue();
        assertThat(resumed.best()).isEqualTo(curve.best());
    }

    @Test
    void whatIsNotDefinedIsWorseThanAnything() {
        ValidationCurve curve = curve(Validation.Best.AUC, 5);
        assertThat(curve.add(point(1, 0, Double.NaN, 0))).isTrue();
        assertThat(curve.add(point(2, 0, Double.NaN, 0))).isFalse();
        assertThat(curve.add(point(3, 0, 0.1, 0))).isTrue();
        assertThat(curve.add(point(4, 0, Double.NaN, 0))).isFalse();
    }
}

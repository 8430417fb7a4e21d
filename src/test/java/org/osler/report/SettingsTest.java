package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.report.ReportModel.Axis;
import org.osler.report.ReportModel.AxisKind;
import org.osler.study.Strategy;
import org.osler.study.SummaryRow;
import org.osler.study.Trial;
import org.osler.study.WeightsKind;

class SettingsTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.025, 0.001, 0.0001, 0.00025, 0.00001, 0.000025, 1e-7, 1e-12})
    void ratesReadAsTheTrialsTellThem(double rate) {
        assertThat("head lr " + Settings.rate(rate)).isEqualTo(new Strategy.LinearProbe(rate).settings());
    }

    @Test
    void onlyWhatVariesIsAnAxis() {
        var settings = new Settings(rows(new Strategy.FineTune(1e-3, 1e-4), new Strategy.FineTune(1e-3, 1e-5)));
        assertThat(settings.axes())
                .containsExactly(new Axis("encoder lr", "Encoder learning rate", "", "", AxisKind.LEARNING_RATE));
        assertThat(settings.values(trial(new Strategy.FineTune(1e-3, 1e-5)))).containsExactly("1e-05");
        assertThat(settings.values(trial(new Strategy.LinearProbe(1e-3)))).containsExactly("");
        assertThat(settings.of(trial(new Strategy.FineTune(1e-3, 1e-5)))).isEqualTo("encoder lr 1e-05");
    }

    @Test
    void neighboursAreNumbersWithAnOrder() {
        var settings = new Settings(rows(new Strategy.NearestNeighbours(5), new Strategy.NearestNeighbours(11)));
        assertThat(settings.axes()).containsExactly(new Axis("k", "Number of neighbours", "", "", AxisKind.NUMBER));
        assertThat(settings.of(trial(new Strategy.NearestNeighbours(11)))).isEqualTo("k 11");
    }

    private static List<SummaryRow> rows(Strategy... strategies) {
        return Stream.of(strategies)
                .map(strategy -> DemoResults.row(
                        "d", "resnet18.a1_in1k", WeightsKind.PRETRAINED, strategy, true, Optional.empty(), 0.5))
                .toList();
    }

    private static Trial trial(Strategy strategy) {
        return DemoResults.trial("d", "resnet18.a1_in1k", WeightsKind.PRETRAINED, strategy, 0);
    }
}

package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReproductionTest {

    private static final Strategy TUNE = new Strategy.FineTune(1e-3, 1e-5);

    /** Results of the paper's ViT-B/16 on BreastMNIST, published as 91.67 ± 0.52 (ACC) and 94.09 ± 0.89 (AUC). */
    private static List<SummaryRow> summary(double auc, double... accuracies) {
        List<TrialResult> results = new ArrayList<>();
        for (int seed = 0; seed < accuracies.length; seed++) {
            results.add(Outcomes.result(Outcomes.trial(TUNE, seed), 0.9, 0.9, accuracies[seed], auc));
        }
        return Summary.of(results);
    }

    @Test
    void thereAre432CellsInSixTables() {
        Map<String, Long> byTable = PublishedValues.cells().stream()
                .collect(Collectors.groupingBy(PublishedCell::table, Collectors.counting()));
        assertThat(byTable).isEqualTo(Map.of("1", 72L, "2", 72L, "C.2", 72L, "C.3", 72L, "C.4", 72L, "D", 72L));
    }

    @Test
    void twoCombinedDeviationsAreTheBound() {
        Published published = new Published("", 0.8, 0.03, 0.9, 0.0, true);
        // √(0.04² + 0.03²) = 0.05: within 0.1 is agreement.
        assertThat(published.agreesInAccuracy(new Statistic(0.8999, 0.04, List.of(0.8599, 0.9399))))
                .contains(true);
        assertThat(published.agreesInAccuracy(new Statistic(0.7001, 0.04, List.of(0.6601, 0.7401))))
                .contains(true);
        assertThat(published.agreesInAccuracy(new Statistic(0.9001, 0.04, List.of(0.8601, 0.9401))))
                .contains(false);
        assertThat(published.agreesInAuc(new Statistic(0.82, 0.039, List.of(0.781, 0.859))))
                .contains(false);
    }

    @Test
    void oneSeedOrAnUndefinedAucCannotBeJudged() {
        Published published = new Published("", 0.8, 0.03, 0.9, 0.01, true);
        assertThat(published.agreesInAccuracy(Statistic.of(List.of(0.8)))).isEmpty();
        assertThat(published.agreesInAuc(Statistic.of(List.of(Double.NaN, 0.9))))
                .isEmpty();
        assertThat(Reproduction.of(summary(0.94, 0.91)).inWords())
                .contains("Of the 432 results that Wu and Papież 2025 publish, 1 is covered here, 0 by the published"
                        + " protocol. None can be judged: with one seed the spread is not known.");
    }

    @Test
    void agreementNeedsAccuracyAndAuc() {
        Reproduction both = Reproduction.of(summary(0.945, 0.911, 0.921, 0.916));
        assertThat(List.of(both.covered(), both.byProtocol(), both.judged(), both.agreeing()))
                .containsExactly(1L, 1L, 1L, 1L);
        assertThat(both.inWords().orElseThrow())
                .endsWith("Of 1 with two seeds or more, 1 agree in both ACC and AUC, within two combined standard"
                        + " deviations.");
        assertThat(Reproduction.of(summary(0.90, 0.911, 0.921, 0.916)).agreeing())
                .isZero();
        assertThat(Reproduction.of(summary(0.945, 0.81, 0.82, 0.815)).agreeing())
                .isZero();
    }

    @Test
    void ofTwoRowsForACellTheOneByTheProtocolCounts() {
        List<TrialResult> results = new ArrayList<>();
        for (int input : new int[] {112, 224}) {
            for (int seed = 0; seed < 3; seed++) {
                Trial trial = Outcomes.trial(TUNE, seed);
                results.add(Outcomes.result(withInput(trial, input), 0.9, 0.9, input / 1000.0, 0.9));
            }
        }
        Reproduction reproduction = Reproduction.of(Summary.of(results));
        assertThat(reproduction.covered()).isEqualTo(1);
        assertThat(reproduction.cells().stream()
                        .flatMap(cell -> cell.ours().stream())
                        .map(row -> row.setting().input()))
                .containsExactly(224);
    }

    @Test
    void untrainedEncodersFewShotsAndOtherSizesCoverNothing() {
        assertThat(Reproduction.of(List.of()).inWords()).isEmpty();
        Trial trial = Outcomes.trial(new Strategy.NearestNeighbours(11), 0);
        assertThat(Reproduction.of(Summary.of(List.of(Outcomes.result(trial, 0.9, 0.9, 0.9, 0.9))))
                        .covered())
                .isZero();
    }

    private static Trial withInput(Trial trial, int input) {
        return new Trial(
                trial.dataset(),
                trial.kind(),
                trial.size(),
                input,
                trial.resize(),
                trial.encoder(),
                trial.weights(),
                trial.strategy(),
                trial.shots(),
                trial.draw(),
                trial.seed(),
                trial.recipe(),
                trial.precision(),
                trial.device(),
                trial.ownEncoder());
    }
}

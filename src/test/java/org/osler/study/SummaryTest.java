package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static List<String[]> golden(String name) throws IOException {
        try (InputStream in = SummaryTest.class.getResourceAsStream("/golden/study/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    private static TrialResult probe(double headLr, long seed, double valAcc, double valAuc) {
        return Outcomes.result(Outcomes.trial(new Strategy.LinearProbe(headLr), seed), valAcc, valAuc, 0.5, 0.5);
    }

    private static List<Double> selected(TrialResult... results) {
        return Summary.of(List.of(results)).stream()
                .filter(SummaryRow::selected)
                .map(row -> row.setting().strategy().learningRates().get("head-lr"))
                .toList();
    }

    @Test
    void meansDeviationsAndChoiceAreNumpys() throws IOException {
        List<TrialResult> results = new ArrayList<>();
        for (String[] row : golden("summary-results.csv")) {
            double[] v = Arrays.stream(row).mapToDouble(Double::parseDouble).toArray();
            Trial trial = Outcomes.trial(new Strategy.FineTune(v[0], v[1]), (long) v[2]);
            results.add(Outcomes.result(trial, v[3], v[4], v[5], v[6]));
        }
        Collections.reverse(results);
        List<SummaryRow> rows = new ArrayList<>(Summary.of(results));
        Collections.reverse(rows);
        List<String[]> expected = golden("summary.csv");
        assertThat(rows).hasSameSizeAs(expected);
        for (int i = 0; i < rows.size(); i++) {
            SummaryRow row = rows.get(i);
            double[] v = Arrays.stream(expected.get(i))
                    .limit(10)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(row.setting().strategy()).isEqualTo(new Strategy.FineTune(v[0], v[1]));
            assertThat(row.seeds()).containsExactly(0L, 1L, 2L);
            List<Statistic> statistics = List.of(row.valAccuracy(), row.valAuc(), row.accuracy(), row.auc());
            for (int s = 0; s < statistics.size(); s++) {
                assertThat(statistics.get(s).mean()).isCloseTo(v[2 + s], within(1e-15));
                assertThat(statistics.get(s).std()).isCloseTo(v[6 + s], within(1e-15));
            }
            assertThat(row.selected()).isEqualTo(Boolean.parseBoolean(expected.get(i)[10]));
        }
    }

    @Test
    void tiesGoToAucThenToTheSmallerLearningRate() {
        assertThat(selected(probe(1e-2, 0, 0.8, 0.6), probe(1e-3, 0, 0.8, 0.7), probe(1e-4, 0, 0.7, 0.9)))
                .containsExactly(1e-3);
        assertThat(selected(probe(1e-2, 0, 0.8, 0.7), probe(1e-3, 0, 0.8, 0.7))).containsExactly(1e-3);
        assertThat(selected(probe(1e-2, 0, 0.8, 0.7), probe(1e-3, 0, 0.8, Double.NaN)))
                .containsExactly(1e-2);
    }

    @Test
    void unfinishedLearningRatesAreNotChosen() {
        assertThat(selected(probe(1e-2, 0, 0.6, 0.7), probe(1e-2, 1, 0.6, 0.7), probe(1e-3, 0, 0.9, 0.9)))
                .containsExactly(1e-2);
    }

    @Test
    void choiceAtTheEdgeOfAGridIsFlagged() {
        List<TrialResult> three = List.of(probe(1e-2, 0, 0.6, 0), probe(1e-3, 0, 0.7, 0), probe(1e-4, 0, 0.6, 0));
        assertThat(Summary.of(three))
                .allSatisfy(row -> assertThat(row.gridEdge()).isEmpty());
        assertThat(Summary.of(three.subList(0, 2)).get(1).gridEdge()).containsExactly("head-lr");
        assertThat(Summary.of(three.subList(0, 1)).get(0).gridEdge()).isEmpty();
    }

    @Test
    void testResultsTakeNoPartInTheChoice() {
        Trial low = Outcomes.trial(new Strategy.LinearProbe(1e-2), 0);
        Trial high = Outcomes.trial(new Strategy.LinearProbe(1e-3), 0);
        assertThat(selected(Outcomes.result(low, 0.8, 0.8, 0.1, 0.1), Outcomes.result(high, 0.7, 0.7, 0.9, 0.9)))
                .containsExactly(1e-2);
    }
}

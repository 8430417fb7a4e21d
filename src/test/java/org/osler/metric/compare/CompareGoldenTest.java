package org.osler.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against scipy, scikit-learn and the papers' definitions; written by {@code src/test/python/compare_golden.py}. */
class CompareGoldenTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Offset<Double> CLOSE = within(1e-10);

    private static List<JsonNode> cases(String key) throws IOException {
        try (InputStream in = CompareGoldenTest.class.getResourceAsStream("/golden/metric/compare.json")) {
            JsonNode[] cases = MAPPER.treeToValue(MAPPER.readTree(in).get(key), JsonNode[].class);
            assertThat(cases).isNotEmpty();
            return List.of(cases);
        }
    }

    private static double[] numbers(JsonNode golden, String key) {
        return MAPPER.convertValue(golden.get(key), double[].class);
    }

    private static void same(double actual, JsonNode golden, String key) {
        assertThat(actual).as("%s of %s", key, golden).isCloseTo(golden.get(key).asDouble(), CLOSE);
    }

    @Test
    void averageRanksAreScipys() throws IOException {
        for (JsonNode golden : cases("friedman")) {
            double[] ranks = Ranks.averages(MAPPER.convertValue(golden.get("values"), double[][].class));
            assertThat(ranks).containsExactly(numbers(golden, "ranks"), CLOSE);
        }
    }

    @Test
    void friedmanIsScipysAndItsFThatOfAnalysisOfVarianceOnRanks() throws IOException {
        for (JsonNode golden : cases("friedman")) {
            Friedman friedman = Friedman.of(MAPPER.convertValue(golden.get("values"), double[][].class));
            same(friedman.chiSquare(), golden, "chi");
            same(friedman.p(), golden, "p");
            same(friedman.f(), golden, "f");
            same(friedman.fp(), golden, "fp");
        }
    }

    @Test
    void wilcoxonIsScipysWithTiesZerosFewAndManyPairs() throws IOException {
        int exact = 0;
        for (JsonNode golden : cases("wilcoxon")) {
            WilcoxonSignedRank test = WilcoxonSignedRank.of(numbers(golden, "a"), numbers(golden, "b"));
            same(test.statistic(), golden, "statistic");
            same(test.p(), golden, "p");
            exact += test.exact() ? 1 : 0;
        }
        assertThat(exact).isBetween(25, cases("wilcoxon").size() - 10);
    }

    @Test
    void holmsCorrectionKeepsTheOrderOfTests() throws IOException {
        for (JsonNode golden : cases("holm")) {
            assertThat(Holm.adjust(numbers(golden, "p"))).containsExactly(numbers(golden, "adjusted"), CLOSE);
        }
    }

    @Test
    void studentizedRangeQuantilesAreScipys() throws IOException {
        for (JsonNode golden : cases("studentizedRange")) {
            double q = StudentizedRange.quantile(
                    1 - golden.get("level").asDouble(), golden.get("k").asInt());
            assertThat(q).as(golden.toString()).isCloseTo(golden.get("q").asDouble(), within(1e-8));
        }
    }

    @Test
    void delongIsTheDefinitionsCovariance() throws IOException {
        for (JsonNode golden : cases("delong")) {
            boolean[] positive = MAPPER.convertValue(golden.get("positive"), boolean[].class);
            double[][] scores = MAPPER.convertValue(golden.get("scores"), double[][].class);
            DeLong test = DeLong.of(positive, scores, numbers(golden, "contrast"));
            same(test.difference(), golden, "difference");
            same(test.error(), golden, "error");
            same(test.p(), golden, "p");
            if (scores.length == 2) {
                assertThat(DeLong.of(positive, scores[0], scores[1])).isEqualTo(test);
            }
            double[][] thousandths = Arrays.stream(scores)
                    .map(row -> Arrays.stream(row).map(score -> score / 1000).toArray())
                    .toArray(double[][]::new);
            assertThat(DeLong.of(positive, thousandths, numbers(golden, "contrast")))
                    .isEqualTo(test);
        }
    }

    @Test
    void pairedBootstrapGivesNumpysQuantiles() throws IOException {
        for (JsonNode golden : cases("bootstrap")) {
            PairedBootstrap test = PairedBootstrap.of(numbers(golden, "first"), numbers(golden, "second"), 0.95);
            same(test.low(), golden, "low");
            same(test.high(), golden, "high");
            same(test.p(), golden, "p");
        }
    }

    @Test
    void criticalDifferencesAreDemsars() {
        // Demšar 2006, table 5a: q = 2.569 for four encoders; his example: 14 datasets, CD 1.25.
        assertThat(Nemenyi.criticalDifference(4, 14, 0.05)).isCloseTo(1.25, within(0.005));
        assertThat(Nemenyi.criticalDifference(2, 6, 0.05)).isCloseTo(1.960 * Math.sqrt(1.0 / 6), within(0.0005));
        assertThat(IntStream.rangeClosed(2, 20).mapToDouble(k -> Nemenyi.criticalDifference(k, 12, 0.05)))
                .isSorted();
    }
}

package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goldens: NumPy's, SciPy's and scikit-learn's, by {@code src/test/python/review_golden.py}. */
class SubgroupsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Subgroups.Draws DRAWS = new Subgroups.Draws(4000, 4000, 0);

    private static JsonNode golden(String name) throws IOException {
        try (var in = SubgroupsTest.class.getResourceAsStream("/golden/review/subgroups.json")) {
            for (JsonNode node : MAPPER.readTree(in)) {
                if (node.get("name").textValue().equals(name)) {
                    return node;
                }
            }
        }
        throw new AssertionError(name);
    }

    private static Subgroups judged(JsonNode golden, Subgroups.Draws draws) {
        Task task = Arrays.stream(Task.values())
                .filter(value -> value.id().equals(golden.get("task").textValue()))
                .findFirst()
                .orElseThrow();
        List<double[][]> runs = new ArrayList<>();
        golden.get("runs").forEach(run -> runs.add(MAPPER.convertValue(run, double[][].class)));
        return Subgroups.of(
                task,
                MAPPER.convertValue(golden.get("labels"), int[][].class),
                runs,
                Units.alone(golden.get("labels").size()),
                MAPPER.convertValue(golden.get("member"), int[].class),
                4,
                draws);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two classes", "three classes", "labels"})
    void valuesAreScikitLearnsAndIntervalsAndPAgreeWithOtherDraws(String name) throws IOException {
        JsonNode golden = golden(name);
        Subgroups judged = judged(golden, DRAWS);
        for (int g = 0; g < 4; g++) {
            JsonNode expected = golden.get("groups").get(g);
            Subgroup group = judged.groups().get(g);
            assertThat(group.cases()).isEqualTo(expected.get("cases").intValue());
            assertThat(group.aucClasses())
                    .containsExactly(MAPPER.convertValue(expected.get("auc_classes"), Integer[].class));
            requireSame(group.accuracy(), expected.get("acc"), expected.get("acc_interval"));
            requireSame(group.auc(), expected.get("auc"), expected.get("auc_interval"));
        }
        SubgroupGap accuracy = judged.accuracyGap().orElseThrow();
        assertThat(accuracy.value()).isCloseTo(golden.get("acc_gap").doubleValue(), within(1e-12));
        assertThat(accuracy.p()).isCloseTo(golden.get("acc_p").doubleValue(), within(0.03));
        assertThat(accuracy.pWithinClasses())
                .isCloseTo(golden.get("acc_p_within").doubleValue(), within(0.03));
        SubgroupGap auc = judged.aucGap().orElseThrow();
        assertThat(auc.value()).isCloseTo(golden.get("auc_gap").doubleValue(), within(1e-12));
        assertThat(auc.classes()).containsExactly(MAPPER.convertValue(golden.get("common"), Integer[].class));
        assertThat(auc.p()).isNaN();
        assertThat(auc.pWithinClasses()).isCloseTo(golden.get("auc_p_within").doubleValue(), within(0.06));
    }

    private static void requireSame(Subgroup.Estimate estimate, JsonNode value, JsonNode interval) {
        if (value == null) {
            assertThat(estimate.value()).isNaN();
            assertThat(estimate.interval().low()).isNaN();
            return;
        }
        assertThat(estimate.value()).isCloseTo(value.doubleValue(), within(1e-12));
        assertThat(estimate.interval().low()).isCloseTo(interval.get(0).doubleValue(), within(0.02));
        assertThat(estimate.interval().high()).isCloseTo(interval.get(1).doubleValue(), within(0.02));
    }

    /** Young people have the easy class only: a gap in accuracy, and none that the mix of classes does not explain. */
    @Test
    void aGapThatTheMixOfClassesExplainsIsNoneWithinClasses() {
        int n = 400;
        int[][] labels = new int[n][1];
        double[][] scores = new double[n][];
        int[] member = new int[n];
        for (int i = 0; i < n; i++) {
            member[i] = i % 2;
            labels[i][0] = member[i] == 0 ? (i % 20 == 0 ? 1 : 0) : (i % 4 == 1 ? 1 : 0);
            // Every third case of class 1 is recognised, and all of class 0.
            boolean right = labels[i][0] == 0 || i % 3 == 0;
            boolean yes = (labels[i][0] == 1) == right;
            scores[i] = yes ? new double[] {0.2, 0.8} : new double[] {0.8, 0.2};
        }
        SubgroupGap gap = Subgroups.of(
                        Task.BINARY,
                        labels,
                        List.<double[][]>of(scores),
                        Units.alone(n),
                        member,
                        2,
                        new Subgroups.Draws(200, 999, 0))
                .accuracyGap()
                .orElseThrow();
        assertThat(gap.best()).isZero();
        assertThat(gap.worst()).isEqualTo(1);
        assertThat(gap.p()).isLessThan(0.01);
        assertThat(gap.pWithinClasses()).isGreaterThan(0.3);
        assertThat(gap.interval().low()).isLessThan(gap.value());
        assertThat(gap.interval().high()).isGreaterThan(gap.value());
    }

    @Test
    void groupsTooSmallOrOfOneClassHaveNoNumbers() {
        int n = 60;
        int[][] labels = IntStream.range(0, n)
                .mapToObj(i -> new int[] {i < 30 ? 0 : i % 2})
                .toArray(int[][]::new);
        double[][] scores =
                IntStream.range(0, n).mapToObj(i -> new double[] {0.4, 0.6}).toArray(double[][]::new);
        int[] member =
                IntStream.range(0, n).map(i -> i < 30 ? 0 : i < 50 ? 1 : 2).toArray();
        Subgroups judged = Subgroups.of(
                Task.BINARY,
                labels,
                List.<double[][]>of(scores),
                Units.alone(n),
                member,
                3,
                new Subgroups.Draws(100, 99, 0));
        assertThat(judged.groups()).extracting(Subgroup::cases).containsExactly(30, 20, 10);
        assertThat(judged.groups().get(0).accuracy().value()).isZero();
        assertThat(judged.groups().get(0).auc().value()).isNaN();
        assertThat(judged.groups().get(1).auc().value()).isEqualTo(0.5);
        assertThat(judged.groups().get(2).isLargeEnough()).isFalse();
        assertThat(judged.groups().get(2).accuracy().value()).isNaN();
        assertThat(judged.groups().get(2).support()).containsExactly(5, 5);
        assertThat(judged.accuracyGap()).isPresent();
        assertThat(judged.aucGap()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameDraws() throws IOException {
        JsonNode golden = golden("three classes");
        Subgroups.Draws few = new Subgroups.Draws(50, 50, 7);
        assertThat(judged(golden, few)).isEqualTo(judged(golden, few));
    }
}

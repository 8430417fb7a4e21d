package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Goldens: NumPy's and scikit-learn's, by {@code src/test/python/units_golden.py}. */
class UnitsTest {

    private static final double CLOSE = 0.02;

    private static JsonNode golden;
    private static int[][] labels;
    private static double[][] scores;
    private static int[] member;
    private static Units patients;

    @BeforeAll
    static void read() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (var in = UnitsTest.class.getResourceAsStream("/golden/review/units.json")) {
            golden = mapper.readTree(in);
        }
        labels = Arrays.stream(mapper.convertValue(golden.get("labels"), int[].class))
                .mapToObj(label -> new int[] {label})
                .toArray(int[][]::new);
        scores = Arrays.stream(mapper.convertValue(golden.get("p"), double[].class))
                .mapToObj(p -> new double[] {1 - p, p})
                .toArray(double[][]::new);
        member = mapper.convertValue(golden.get("member"), int[].class);
        patients = new Units(mapper.convertValue(golden.get("patients"), int[].class));
    }

    @Test
    void intervalsOfPatientsAreNumPys() {
        requireSame(interval(Metric.ACCURACY, patients), golden.get("all").get(0));
        requireSame(interval(Metric.AUC, patients), golden.get("all").get(1));
        Units alone = Units.alone(labels.length);
        requireSame(interval(Metric.ACCURACY, alone), golden.get("alone").get(0));
        requireSame(interval(Metric.AUC, alone), golden.get("alone").get(1));
    }

    private static Interval interval(Metric metric, Units units) {
        return Bootstrap.interval(Task.BINARY, labels, scores, metric, units, 4000, 0.95, 0);
    }

    private static void requireSame(Interval interval, JsonNode expected) {
        assertThat(interval.low()).isCloseTo(expected.get(0).doubleValue(), within(CLOSE));
        assertThat(interval.high()).isCloseTo(expected.get(1).doubleValue(), within(CLOSE));
    }

    @Test
    void subgroupsAreJudgedByPatients() {
        Subgroups judged = judged(patients, member);
        for (int g = 0; g < 2; g++) {
            Subgroup group = judged.groups().get(g);
            requireSame(group.accuracy().interval(), golden.get("groups").get(g).get(0));
            requireSame(group.auc().interval(), golden.get("groups").get(g).get(1));
        }
        SubgroupGap gap = judged.accuracyGap().orElseThrow();
        assertThat(gap.p()).isCloseTo(golden.get("gap_p").doubleValue(), within(CLOSE));
        assertThat(gap.pWithinClasses()).isCloseTo(golden.get("gap_p_within").doubleValue(), within(CLOSE));
        // Images by themselves would find a gap where there may be none.
        SubgroupGap alone =
                judged(Units.alone(labels.length), member).accuracyGap().orElseThrow();
        assertThat(alone.p())
                .isCloseTo(golden.get("gap_p_alone").doubleValue(), within(0.002))
                .isLessThan(gap.p() / 10);
        assertThat(alone.interval().high() - alone.interval().low())
                .isLessThan(0.8 * (gap.interval().high() - gap.interval().low()));
    }

    private static Subgroups judged(Units units, int... groups) {
        return Subgroups.of(
                Task.BINARY, labels, List.<double[][]>of(scores), units, groups, 2, new Subgroups.Draws(4000, 4000, 0));
    }

    @Test
    void whereAPatientIsInSeveralGroupsThereIsNoTest() {
        int[] mixed = member.clone();
        int[] several = Arrays.stream(patients.members())
                .filter(images -> images.length > 1)
                .findFirst()
                .orElseThrow();
        mixed[several[0]] = 1 - mixed[several[0]];
        SubgroupGap gap = judged(patients, mixed).accuracyGap().orElseThrow();
        assertThat(gap.p()).isNaN();
        assertThat(gap.pWithinClasses()).isNaN();
        assertThat(gap.interval().low()).isFinite();
    }

    @Test
    void namesMakeUnitsAndSomeCasesKeepTheirs() {
        Units units = Units.named(Arrays.asList("b", null, "a", "b", null));
        assertThat(units).isEqualTo(new Units(0, 1, 2, 0, 3));
        assertThat(units.count()).isEqualTo(4);
        assertThat(units.areCases()).isFalse();
        assertThat(units.members()).isDeepEqualTo(new int[][] {{0, 3}, {1}, {2}, {4}});
        assertThat(units.only(4, 3, 0)).isEqualTo(new Units(0, 1, 1));
        assertThat(units.only(4, 3).areCases()).isTrue();
        assertThat(Units.alone(0).count()).isZero();
    }

    @Test
    void aUnitWithoutCasesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Units(0, 2)).withMessageContaining("unit 1");
    }
}

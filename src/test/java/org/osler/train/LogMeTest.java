package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensors;

/** Goldens: SciPy's, by {@code src/test/python/logme_golden.py}. */
class LogMeTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode golden(String name) throws IOException {
        try (var in = LogMeTest.class.getResourceAsStream("/golden/train/logme.json")) {
            for (JsonNode node : MAPPER.readTree(in)) {
                if (node.get("name").textValue().equals(name)) {
                    return node;
                }
            }
        }
        throw new AssertionError(name);
    }

    private static double score(float[][] features, int[][] labels, Task task, int classes) {
        int dimensions = features[0].length;
        float[] flat = new float[features.length * dimensions];
        for (int i = 0; i < features.length; i++) {
            System.arraycopy(features[i], 0, flat, i * dimensions, dimensions);
        }
        try (Scope scope = Scope.open()) {
            return LogMe.of(new FeatureSet(
                    task,
                    classes,
                    Map.of(Split.TRAIN, Tensors.of(flat, features.length, dimensions)),
                    Map.of(Split.TRAIN, labels)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"three classes", "two classes", "labels", "more features than images", "noise"})
    void scoreIsTheMaximumOfTheEvidence(String name) throws IOException {
        JsonNode golden = golden(name);
        Task task = Arrays.stream(Task.values())
                .filter(value -> value.id().equals(golden.get("task").textValue()))
                .findFirst()
                .orElseThrow();
        double score = score(
                MAPPER.convertValue(golden.get("features"), float[][].class),
                MAPPER.convertValue(golden.get("labels"), int[][].class),
                task,
                golden.get("classes").intValue());
        assertThat(score).isCloseTo(golden.get("logme").doubleValue(), within(1e-5));
    }

    @Test
    void featuresThatSayMoreScoreHigher() throws IOException {
        JsonNode golden = golden("three classes");
        float[][] features = MAPPER.convertValue(golden.get("features"), float[][].class);
        int[][] labels = MAPPER.convertValue(golden.get("labels"), int[][].class);
        double before = score(features, labels, Task.MULTI_CLASS, 3);
        for (int i = 0; i < features.length; i++) {
            features[i][7] += 2 * labels[i][0];
        }
        assertThat(score(features, labels, Task.MULTI_CLASS, 3)).isGreaterThan(before);
    }
}

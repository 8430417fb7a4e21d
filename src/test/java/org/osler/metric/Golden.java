package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Samples with scikit-learn's values; written by {@code src/test/python/metric_golden.py}. */
record Golden(JsonNode json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static List<Golden> cases() throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(open("cases.jsonl.gz")), StandardCharsets.UTF_8))) {
            return lines.lines().map(Golden::parse).toList();
        }
    }

    static List<Golden> bootstraps() throws IOException {
        try (InputStream in = open("bootstrap.json")) {
            return Arrays.stream(MAPPER.readValue(in, JsonNode[].class))
                    .map(Golden::new)
                    .toList();
        }
    }

    private static InputStream open(String name) {
        return Golden.class.getResourceAsStream("/golden/metric/" + name);
    }

    private static Golden parse(String line) {
        try {
            return new Golden(MAPPER.readTree(line));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    Task task() {
        return Arrays.stream(Task.values())
                .filter(task -> task.id().equals(json.get("task").asText()))
                .findFirst()
                .orElseThrow();
    }

    int[][] labels() {
        return ints("labels");
    }

    double[][] scores() {
        return Arrays.stream(ints("twentieths"))
                .map(row -> Arrays.stream(row).mapToDouble(k -> k / 20.0).toArray())
                .toArray(double[][]::new);
    }

    int[][] ints(String key) {
        return MAPPER.convertValue(json.get(key), int[][].class);
    }

    /** Null stands for NaN. */
    void check(String key, double... actual) {
        JsonNode expected = json.get(key);
        JsonNode[] values =
                expected.isArray() ? MAPPER.convertValue(expected, JsonNode[].class) : new JsonNode[] {expected};
        assertThat(actual).as(key).hasSameSizeAs(values);
        for (int i = 0; i < actual.length; i++) {
            if (values[i].isNull()) {
                assertThat(actual[i]).as("%s %d of %s", key, i, json).isNaN();
            } else {
                assertThat(actual[i]).as("%s %d of %s", key, i, json).isCloseTo(values[i].asDouble(), within(1e-10));
            }
        }
    }
}

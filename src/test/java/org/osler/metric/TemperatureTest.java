package org.osler.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against scipy's minimisation; see temperature_golden.py. */
class TemperatureTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void temperatureIsWhereScipyFindsTheLeastLikelihoodLoss() throws IOException {
        JsonNode cases = golden();
        assertThat(cases).hasSize(15);
        for (JsonNode golden : cases) {
            Task task = task(golden);
            int[][] labels = MAPPER.convertValue(golden.get("labels"), int[][].class);
            double[][] logits = MAPPER.convertValue(golden.get("logits"), double[][].class);
            double expected = golden.get("temperature").asDouble();
            double fitted = Temperature.fit(task, labels, logits).orElseThrow();
            // Near its minimum the loss is flat: scipy, which looks at the loss alone, knows T to about 1e-7.
            assertThat(fitted).as(golden.get("task").asText()).isCloseTo(expected, within(1e-6 * expected));
            assertThat(Temperature.negativeLogLikelihood(task, labels, logits, 1))
                    .isCloseTo(golden.get("nll_before").asDouble(), within(1e-12));
            assertThat(Temperature.negativeLogLikelihood(task, labels, logits, fitted))
                    .isCloseTo(golden.get("nll_after").asDouble(), within(1e-12));
            assertThat(Probabilities.of(task, logits[0], expected))
                    .containsExactly(MAPPER.convertValue(golden.get("first"), double[].class), within(1e-12));
        }
    }

    @Test
    void calibrationChangesNoAnswer() throws IOException {
        for (JsonNode golden : golden()) {
            Task task = task(golden);
            int[][] labels = MAPPER.convertValue(golden.get("labels"), int[][].class);
            double[][] logits = MAPPER.convertValue(golden.get("logits"), double[][].class);
            Sample raw = new Sample(task, labels, Probabilities.of(task, logits, 1));
            Sample calibrated = new Sample(
                    task,
                    labels,
                    Probabilities.of(task, logits, golden.get("temperature").asDouble()));
            for (int i = 0; i < raw.cases(); i++) {
                for (int q = 0; q < raw.questions(); q++) {
                    assertThat(calibrated.answer(i, q)).isEqualTo(raw.answer(i, q));
                }
            }
        }
    }

    @Test
    void answersThatAreAllRightOrNoBetterThanChanceHaveNoTemperature() {
        int[][] labels = {{0}, {1}, {1}};
        assertThat(Temperature.fit(Task.BINARY, labels, new double[][] {{-1}, {2}, {3}}))
                .isEmpty();
        assertThat(Temperature.fit(Task.BINARY, labels, new double[][] {{1}, {-2}, {-3}}))
                .isEmpty();
        assertThat(Temperature.fit(Task.MULTI_CLASS, labels, new double[][] {{2, 1, 0}, {0, 1, 0.5}, {-1, 5, 0}}))
                .isEmpty();
        assertThat(Temperature.fit(Task.MULTI_CLASS, labels, new double[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}}))
                .isEmpty();
    }

    private static Task task(JsonNode golden) {
        return Arrays.stream(Task.values())
                .filter(task -> task.id().equals(golden.get("task").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = TemperatureTest.class.getResourceAsStream("/golden/metric/temperature.json")) {
            return MAPPER.readTree(in);
        }
    }
}

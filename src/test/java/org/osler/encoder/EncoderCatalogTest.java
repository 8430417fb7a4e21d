package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osler.SeededRandom;
import org.osler.weights.HubFile;

/** The cards against what timm says of the same models; see encoder_goldens.py. */
class EncoderCatalogTest {

    private static final int CLASSES = 7;

    static JsonNode timm() throws IOException {
        try (InputStream in = EncoderCatalogTest.class.getResourceAsStream("/golden/encoder/cards.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @ParameterizedTest
    @MethodSource("timm")
    void aCardSaysWhatTimmSays(JsonNode timm) {
        EncoderCard card = card(timm);
        assertThat(card.features()).isEqualTo(timm.get("features").asInt());
        assertThat(card.mean()).isEqualTo(numbers(timm.get("mean")));
        assertThat(card.std()).isEqualTo(numbers(timm.get("std")));
        assertThat(card.source()).contains(HubFile.model(timm.get("repository").asText()));
        String license = card.license().toLowerCase(Locale.ROOT);
        assertThat(timm.get("license").asText().replace('-', ' '))
                .startsWith(license.replace('-', ' ').replace("licence", "license"));
    }

    @ParameterizedTest
    @MethodSource("timm")
    void anArchitectureSaysWhetherItHasRunningStatistics(JsonNode timm) {
        EncoderCard card = card(timm);
        try (Encoder encoder = card.build(card.input())) {
            assertThat(encoder.parameters().entries().keySet().stream().anyMatch(name -> name.endsWith("running_var")))
                    .isEqualTo(card.architecture().batchNorm());
        }
    }

    /** The spread of a classifier's first weights, and their bounds where they are bounded. */
    @ParameterizedTest
    @MethodSource("timm")
    void aHeadStartsAsTimms(JsonNode timm) {
        EncoderCard card = card(timm);
        JsonNode head = timm.get("head");
        // The smallest network that the architecture has: only the draws of the head are looked at.
        try (Encoder encoder = card.build(card.input())) {
            float[] weights = new float[CLASSES * card.features()];
            float[] biases = new float[CLASSES];
            encoder.headInit().weight().fill(weights, SeededRandom.of(0, "weights"));
            encoder.headInit().bias().fill(biases, SeededRandom.of(0, "biases"));
            double std = head.get("std").asDouble();
            double max = head.get("max").asDouble();
            assertThat(deviation(weights)).isCloseTo(std, within(0.08 * std));
            // A uniform draw ends at √3 deviations, a normal one goes on.
            assertThat(max(weights) < 2 * std).isEqualTo(max < 2 * std);
            assertThat(max(biases) > 0).isEqualTo(head.get("bias").asDouble() > 0);
            assertThat(max(biases)).isLessThan((float) (2 * max));
        }
    }

    @Test
    void namesAreUnique() {
        List<EncoderCard> cards = EncoderCatalog.cards();
        assertThat(cards).extracting(EncoderCard::id).doesNotHaveDuplicates();
        assertThat(cards).extracting(EncoderCard::paperName).doesNotHaveDuplicates();
    }

    @Test
    void everyCardOfTimmsIsCheckedHere() throws IOException {
        List<String> checked = timm().findValuesAsText("id");
        assertThat(EncoderCatalog.cards().stream()
                        .filter(card -> card.source().isPresent())
                        .map(EncoderCard::id))
                .containsExactlyInAnyOrderElementsOf(checked);
    }

    private static EncoderCard card(JsonNode timm) {
        return EncoderCatalog.find(timm.get("id").asText()).orElseThrow();
    }

    private static List<Double> numbers(JsonNode array) {
        return List.of(
                array.get(0).asDouble(), array.get(1).asDouble(), array.get(2).asDouble());
    }

    private static double deviation(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares / values.length);
    }

    private static float max(float[] values) {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }
}

package org.osler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Quantiles against scipy's, see random_golden.py; draws against the distribution that they are to have. */
class SeededRandomTest {

    private static final int DRAWS = 1_000_000;

    @Test
    void quantilesEqualScipys() throws IOException {
        try (InputStream golden = SeededRandomTest.class.getResourceAsStream("/golden/random/quantiles.json")) {
            JsonNode pairs = new ObjectMapper().readTree(golden);
            assertThat(pairs).hasSizeGreaterThan(90);
            for (JsonNode pair : pairs) {
                double expected = pair.get(1).asDouble();
                assertThat(NormalQuantile.of(pair.get(0).asDouble()))
                        .as("quantile of %s", pair.get(0))
                        .isCloseTo(expected, within(1.2e-7 * Math.abs(expected)));
            }
        }
    }

    /** By Kolmogorov and Smirnov: a larger distance comes once in a hundred thousand true samples. */
    @Test
    void normalsAreNormal() {
        float[] values = new float[DRAWS];
        SeededRandom.of(0, "test").normals(values, 1);
        Arrays.sort(values);
        double distance = 0;
        for (int i = 1; i < DRAWS; i++) {
            double expected = NormalQuantile.of((double) i / DRAWS);
            int below = Arrays.binarySearch(values, (float) expected);
            distance = Math.max(distance, Math.abs((below < 0 ? -below - 1 : below) - i) / (double) DRAWS);
        }
        assertThat(distance).isLessThan(2.5 / Math.sqrt(DRAWS));
    }

    /** A layer's values do not depend on how many are drawn at a time. */
    @Test
    void piecesMakeNoDifference() {
        float[] all = new float[100];
        SeededRandom.of(3, "test").normals(all, 0.5);
        SeededRandom random = SeededRandom.of(3, "test");
        float[] first = new float[33];
        float[] rest = new float[67];
        random.normals(first, 0.5);
        random.normals(rest, 0.5);
        assertThat(Arrays.copyOf(all, 33)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(all, 33, 100)).isEqualTo(rest);
    }
}

package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.SeededRandom;
import org.osler.data.Split;
import org.osler.data.review.Link;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Goldens: NumPy's, by {@code src/test/python/review_golden.py}. */
class SimilarImagesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode golden(String name) throws IOException {
        try (var in = SimilarImagesTest.class.getResourceAsStream("/golden/review/similar.json")) {
            for (JsonNode node : MAPPER.readTree(in)) {
                if (node.get("name").textValue().equals(name)) {
                    return node;
                }
            }
        }
        throw new AssertionError(name);
    }

    private static Tensor tensor(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return Tensors.of(flat, rows.length, rows[0].length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many images", "few images", "large mean"})
    void linksAreNumPys(String name) throws IOException {
        JsonNode golden = golden(name);
        List<Link> links;
        var steps = new AtomicLong();
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        try (Scope scope = Scope.open()) {
            Map<Split, Tensor> features = new EnumMap<>(Split.class);
            for (Split split : Split.values()) {
                float[][] rows = MAPPER.convertValue(golden.get("features").get(split.id()), float[][].class);
                features.put(split, tensor(rows));
                counts.put(split, rows.length);
            }
            links = SimilarImages.of(features, golden.get("threshold").doubleValue(), steps::addAndGet);
        }
        assertThat(steps.get()).isEqualTo(SimilarImages.steps(counts));
        assertThat(links).hasSameSizeAs(golden.get("links"));
        for (int i = 0; i < links.size(); i++) {
            JsonNode expected = golden.get("links").get(i);
            Link link = links.get(i);
            assertThat(link.split().id()).isEqualTo(expected.get(0).textValue());
            assertThat(link.index()).isEqualTo(expected.get(1).intValue());
            assertThat(link.other().id()).isEqualTo(expected.get(2).textValue());
            assertThat(link.partner()).isEqualTo(expected.get(3).intValue());
            assertThat(link.partners()).isEqualTo(expected.get(4).intValue());
            assertThat(link.similarity()).isCloseTo(expected.get(5).doubleValue(), within(2e-4));
        }
    }

    /** More rows and columns than one block of products holds: the same pairs, wherever they lie. */
    @Test
    void pairsAreFoundInEveryBlock() {
        int train = 9000;
        int test = 2100;
        int dimensions = 24;
        SeededRandom random = SeededRandom.of(3, "similar images");
        float[][] trained = random(random, train, dimensions);
        float[][] tested = random(random, test, dimensions);
        int[][] copies = {{0, 8999}, {1023, 8191}, {1024, 8192}, {2099, 0}};
        for (int[] copy : copies) {
            tested[copy[0]] = trained[copy[1]].clone();
        }
        try (Scope scope = Scope.open()) {
            List<Link> links = SimilarImages.of(
                    Map.of(
                            Split.TRAIN, tensor(trained),
                            Split.VAL, tensor(random(random, 5, dimensions)),
                            Split.TEST, tensor(tested)),
                    0.999,
                    steps -> {});
            assertThat(links).extracting(Link::index).containsExactly(0, 1023, 1024, 2099);
            assertThat(links).extracting(Link::partner).containsExactly(8999, 8191, 8192, 0);
            assertThat(links).allMatch(link -> link.similarity() <= 1 && link.other() == Split.TRAIN);
        }
    }

    private static float[][] random(SeededRandom random, int count, int dimensions) {
        float[][] rows = new float[count][dimensions];
        for (float[] row : rows) {
            for (int d = 0; d < dimensions; d++) {
                row[d] = (float) random.normal();
            }
        }
        return rows;
    }
}

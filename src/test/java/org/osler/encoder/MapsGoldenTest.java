package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osler.SharedFiles;
import org.osler.model.EvidenceMap;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** Maps against what PyTorch's hooks give for the same weights and images; see explain_goldens.py. */
class MapsGoldenTest {

    private static final double TOLERANCE = 1e-4;
    private static final int IMAGES = 2;
    private static final JsonNode GOLDEN = golden();

    private static JsonNode golden() {
        try (InputStream in =
                new GZIPInputStream(MapsGoldenTest.class.getResourceAsStream("/golden/encoder/maps.json.gz"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<String> architectures() {
        return StreamSupport.stream(((Iterable<String>) GOLDEN::fieldNames).spliterator(), false)
                .filter(name -> EncoderCatalog.find(name).isPresent());
    }

    @Test
    void everyFamilyHasAGolden() {
        assertThat(architectures())
                .contains(
                        "vgg16",
                        "densenet121",
                        "resnet18",
                        "efficientnet_b4",
                        "convnext_tiny",
                        "samvit_base_patch16",
                        "vit_tiny_patch16_224",
                        "vit_base_patch16_siglip_224",
                        "eva02_base_patch14_224",
                        "vit_small_patch16_dinov3");
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void mapsEqualPyTorchs(String architecture) {
        JsonNode expected = GOLDEN.get(architecture);
        try (Encoder encoder = build(architecture, expected.get("size").asInt())) {
            Golden golden = Golden.of(architecture);
            FormulaWeights.fill(encoder, golden.state(), golden.gain());
            mapsEqual(encoder, expected);
            encoder.parameters().freeze(DType.FLOAT32);
            mapsEqual(encoder, expected);
        }
    }

    @Test
    void mapsOfRealWeightsEqualPyTorchs() throws IOException {
        var file = SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors");
        EncoderCard card = EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow();
        try (Encoder encoder = EncoderWeights.open(card, 224, Optional.of(file))) {
            mapsEqual(encoder, GOLDEN.get("real"));
            encoder.parameters().freeze(DType.FLOAT32);
            mapsEqual(encoder, GOLDEN.get("real"));
        }
    }

    private static Encoder build(String architecture, int size) {
        return EncoderCatalog.find(architecture).orElseThrow().build(size);
    }

    private static void mapsEqual(Encoder encoder, JsonNode expected) {
        try (Scope scope = Scope.open()) {
            Tensor images = FormulaWeights.images(IMAGES, encoder.input());
            Tensor head = FormulaWeights.tensor("head.weight", 3, encoder.card().features())
                    .select(0, 0);
            GradCam gradCam = GradCam.of(encoder, images);
            equal(gradCam.map(pooled -> pooled.mul(head).sum(false, 1)), expected, "supporting");
            equal(gradCam.map(pooled -> pooled.mul(head).sum(false, 1).neg()), expected, "opposing");
            Tensor features = Autograd.off(() -> encoder.features(images, Mode.EVAL));
            assertThat(gradCam.pooled().toFloats()).containsExactly(features.toFloats());
            assertThat(largest(expected.get("supporting")) + largest(expected.get("opposing")))
                    .as("else equality would say nothing")
                    .isGreaterThan(1e-3);
            assertThat(encoder instanceof Attending).isEqualTo(expected.has("rollout"));
            if (encoder instanceof Attending attending) {
                equal(Autograd.off(() -> attending.rollout(images)), expected, "rollout");
            }
        }
    }

    private static double largest(JsonNode values) {
        double largest = 0;
        for (JsonNode value : values) {
            largest = Math.max(largest, value.asDouble());
        }
        return largest;
    }

    private static void equal(Tensor maps, JsonNode expected, String which) {
        int grid = expected.get("grid").asInt();
        assertThat(maps.shape()).containsExactly(IMAGES, grid, grid);
        float[] actual = maps.toFloats();
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < actual.length; i++) {
            double value = expected.get(which).get(i).asDouble();
            difference += Math.pow(actual[i] - value, 2);
            norm += value * value;
        }
        // Where nothing speaks for an answer the map is 0; then the opposite one's is not.
        assertThat(Math.sqrt(difference)).as(which).isLessThanOrEqualTo(TOLERANCE * Math.sqrt(norm));
    }

    @Test
    void mapsAreEnlargedAsPyTorchDoes() {
        JsonNode expected = GOLDEN.get("bilinear");
        float[] small = floats(expected.get("map"));
        float[] resized = new EvidenceMap(Optional.empty(), 3, 4, small).resized(10, 7);
        assertThat(resized).containsExactly(floats(expected.get("resized")), within(1e-6f));
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).asDouble();
        }
        return values;
    }
}

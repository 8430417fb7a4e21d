package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Every architecture against what timm computes for the same weights and images; see encoder_goldens.py. */
class EncoderGoldenTest {

    private static final double FEATURE_TOLERANCE = 1e-4;
    private static final double TOLERANCE = 1e-3;

    /** In float64; the goldens keep seven digits. */
    private static final double DOUBLE_TOLERANCE = 1e-6;

    private static final double VANISHED = 1e-3;

    private static final int CLASSES = 3;

    private static final int LARGEST_FROZEN = 256;

    static List<Architecture> architectures() {
        return EncoderCatalog.architectures();
    }

    static Stream<Arguments> cases() {
        return architectures().stream()
                .flatMap(architecture -> Golden.of(architecture.name()).sizes().stream()
                        .map(size -> Arguments.of(architecture.name(), size)));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void declaresWhatTimmDeclares(Architecture architecture) {
        Golden golden = Golden.of(architecture.name());
        try (Encoder encoder = build(architecture.name(), architecture.input())) {
            assertThat(names(encoder, entry -> true))
                    .containsExactlyInAnyOrderElementsOf(golden.state().keySet());
            golden.state()
                    .forEach((name, shape) ->
                            assertThat(shape(encoder, name)).as(name).containsExactly(shape));
            assertThat(names(encoder, Parameters.Entry::trained)).containsExactlyInAnyOrderElementsOf(golden.trained());
        }
        assertThat(architecture.features())
                .isEqualTo(golden.root().get("features").asInt());
        assertThat(architecture.input()).isEqualTo(golden.root().get("input").asInt());
        assertThat(architecture.parameters())
                .isEqualTo(golden.root().get("parameters").asLong());
        assertThat(architecture.multiplyAdds())
                .isEqualTo(golden.root().get("multiplyAdds").asLong());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsTimm(String architecture, int size) {
        Golden golden = Golden.of(architecture);
        JsonNode part = golden.part(size);
        try (Scope scope = Scope.open();
                Encoder encoder = build(architecture, size)) {
            FormulaWeights.fill(encoder, golden.state(), golden.gain());
            featuresEqual(encoder, part);
            if (part.has("eval")) {
                if (part.get("double").asBoolean()) {
                    encoder.parameters().convert(DType.FLOAT64);
                }
                encoder.parameters().requireGradients();
                stepEquals(encoder, golden, part, Mode.EVAL);
                if (part.has("train")) {
                    stepEquals(encoder, golden, part, Mode.TRAIN);
                }
            }
        }
    }

    /** Large inputs take long and go through the same layers. */
    static Stream<Arguments> smallCases() {
        return cases().filter(arguments -> (int) arguments.get()[1] <= LARGEST_FROZEN);
    }

    /** Norms folded, layers packed: the same features. */
    @ParameterizedTest
    @MethodSource("smallCases")
    void frozenEncodersEqualTimm(String architecture, int size) {
        Golden golden = Golden.of(architecture);
        try (Encoder encoder = build(architecture, size)) {
            FormulaWeights.fill(encoder, golden.state(), golden.gain());
            encoder.parameters().freeze(DType.FLOAT32);
            featuresEqual(encoder, golden.part(size));
        }
    }

    private static Encoder build(String architecture, int size) {
        return EncoderCatalog.find(architecture).orElseThrow().build(size);
    }

    private static void featuresEqual(Encoder encoder, JsonNode part) {
        float[] expected = Golden.features(part);
        int images = part.get("featureImages").asInt();
        int length = expected.length / images;
        try (Scope scope = Scope.open()) {
            Tensor features =
                    Autograd.off(() -> encoder.features(FormulaWeights.images(images, encoder.input()), Mode.EVAL));
            assertThat(features.shape()).containsExactly(images, length);
            float[] actual = features.toFloats();
            for (int image = 0; image < images; image++) {
                double difference = 0;
                double norm = 0;
                for (int i = image * length; i < (image + 1) * length; i++) {
                    difference += Math.pow(actual[i] - expected[i], 2);
                    norm += Math.pow(expected[i], 2);
                }
                assertThat(Math.sqrt(difference / norm))
                        .as("relative distance of features of image %d", image)
                        .isLessThan(FEATURE_TOLERANCE);
            }
        }
    }

    /**
     * Where batches are normalised by their own statistics, rounding flips ReLUs: PyTorch's own float32 may then be
     * further than 1e-3 from float64, and so may be ours: with one thread instead of two, DenseNet's come to six
     * times what PyTorch's differ by. The comparison in float64 has no such excuse.
     */
    private static double tolerance(JsonNode part, JsonNode expected) {
        return part.get("double").asBoolean()
                ? DOUBLE_TOLERANCE
                : Math.max(TOLERANCE, 8 * expected.get("apart").asDouble());
    }

    private static void stepEquals(Encoder encoder, Golden golden, JsonNode part, Mode mode) {
        JsonNode expected = part.get(mode == Mode.TRAIN ? "train" : "eval");
        double tolerance = tolerance(part, expected);
        DType type = part.get("double").asBoolean() ? DType.FLOAT64 : DType.FLOAT32;
        int images = part.get("gradientImages").asInt();
        long[] classes = new long[images];
        for (int i = 0; i < images; i++) {
            classes[i] = i % CLASSES;
        }
        try (Scope scope = Scope.open()) {
            Tensor head = FormulaWeights.tensor(
                            "head.weight", CLASSES, encoder.card().features())
                    .to(type);
            Tensor features = encoder.features(
                    FormulaWeights.images(images, encoder.input()).to(type), mode);
            Tensor loss = Functions.crossEntropy(features.matmul(head.transpose(0, 1)), Tensors.of(classes, images));
            double value = expected.get("loss").asDouble();
            assertThat(loss.item()).as("loss, %s", mode).isCloseTo(value, within(tolerance * value));
            List<String> names = golden.trained();
            List<Tensor> gradients = Autograd.gradients(
                    loss, names.stream().map(name -> tensor(encoder, name)).toList());
            gradientNormsEqual(names, gradients, expected.get("norms"), tolerance, mode);
        }
        if (mode == Mode.TRAIN) {
            statisticsEqual(encoder, golden, expected.get("statistics"));
        }
    }

    private static void gradientNormsEqual(
            List<String> names, List<Tensor> gradients, JsonNode expected, double tolerance, Mode mode) {
        assertThat(expected).hasSameSizeAs(names);
        double largest = 0;
        for (JsonNode norm : expected) {
            largest = Math.max(largest, norm.asDouble());
        }
        for (int i = 0; i < names.size(); i++) {
            double norm = expected.get(i).asDouble();
            // A gradient of 0 is one of rounding errors, whose size only the others' tells.
            double allowed = tolerance * (norm == 0 ? VANISHED * largest : norm);
            // In float32 the sum of a hundred million squares would be off by more than the gradients are.
            assertThat(gradients.get(i).to(DType.FLOAT64).norm().item())
                    .as("gradient norm of %s, %s", names.get(i), mode)
                    .isCloseTo(norm, within(allowed));
        }
    }

    private static void statisticsEqual(Encoder encoder, Golden golden, JsonNode expected) {
        List<String> names = golden.state().keySet().stream()
                .filter(name -> name.contains("running"))
                .toList();
        assertThat(expected).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            double norm = expected.get(i).asDouble();
            assertThat(tensor(encoder, names.get(i)).norm().item())
                    .as(names.get(i))
                    .isCloseTo(norm, within(FEATURE_TOLERANCE * norm));
        }
    }

    private static Tensor tensor(Encoder encoder, String name) {
        return encoder.parameters().entries().get(name).tensor();
    }

    private static long[] shape(Encoder encoder, String name) {
        return tensor(encoder, name).shape();
    }

    private static List<String> names(Encoder encoder, Function<Parameters.Entry, Boolean> which) {
        return encoder.parameters().entries().entrySet().stream()
                .filter(entry -> which.apply(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}

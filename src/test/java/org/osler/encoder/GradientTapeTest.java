package org.osler.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.nn.Mode;
import org.osler.tensor.Activation;
import org.osler.tensor.DType;
import org.osler.tensor.Functions;
import org.osler.tensor.GradientTape;
import org.osler.tensor.Scope;
import org.osler.tensor.Tapes;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Gradients taken stretch by stretch, with convolutions left out of the graph, are those of the whole graph. */
class GradientTapeTest {

    private static final int IMAGES = 2;
    private static final double TOLERANCE = 2e-5;
    private static final double VANISHED = 1e-6;

    @ParameterizedTest
    @CsvSource({"vgg16, 32", "resnet18, 64", "densenet121, 32", "efficientnet_b4, 32", "vit_tiny_patch16_224, 32"})
    void gradientsAreThoseOfTheWholeGraph(String architecture, int input) {
        try (Scope scope = Scope.open();
                Encoder encoder =
                        EncoderCatalog.find(architecture).orElseThrow().build(input)) {
            Golden golden = Golden.of(architecture);
            FormulaWeights.fill(encoder, golden.state(), golden.gain()); // none of which is 0
            encoder.parameters().requireGradients();
            List<Tensor> whole;
            List<Tensor> uncut;
            List<Tensor> cut;
            try (GradientTape tape = Tapes.leavingAllToLibtorch()) {
                whole = tape.gradients(loss(encoder), encoder.parameters().trained());
            }
            try (GradientTape tape = Tapes.takingConvolutions(Long.MAX_VALUE)) {
                uncut = tape.gradients(loss(encoder), encoder.parameters().trained());
            }
            try (GradientTape tape = Tapes.takingConvolutions(0)) {
                Tensor loss = loss(encoder);
                assertThat(Tapes.cuts(tape)).as("cuts").isPositive();
                cut = tape.gradients(loss, encoder.parameters().trained());
            }
            List<String> names = new ArrayList<>();
            encoder.parameters().entries().forEach((name, entry) -> {
                if (entry.trained()) {
                    names.add(name);
                }
            });
            double largest =
                    whole.stream().mapToDouble(GradientTapeTest::size).max().orElseThrow();
            assertThat(largest).isPositive();
            for (int i = 0; i < whole.size(); i++) {
                // A gradient of 0 is one of rounding errors, whose size only the others' tells.
                double size = Math.max(size(whole.get(i)), VANISHED * largest);
                assertThat(size(uncut.get(i).sub(whole.get(i))) / size)
                        .as(names.get(i))
                        .isLessThan(TOLERANCE);
                assertThat(size(cut.get(i).sub(whole.get(i))) / size)
                        .as(names.get(i))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    /** A mean of squares, so that no image's gradient vanishes. */
    private static Tensor loss(Encoder encoder) {
        Tensor features = encoder.features(FormulaWeights.images(IMAGES, encoder.input()), Mode.TRAIN);
        return features.mul(features).mean();
    }

    private static double size(Tensor gradient) {
        return gradient.to(DType.FLOAT64).norm().item();
    }

    /** A sum hands one and the same gradient to both of its terms; the ReLU before one must not be seen by the other. */
    @Test
    void termsOfASumDoNotDisturbEachOther() {
        try (Scope scope = Scope.open()) {
            Tensor x = FormulaWeights.tensor("x", 2, 16, 8, 8);
            Tensor first = FormulaWeights.tensor("first", 64, 16, 3, 3).requireGradient();
            Tensor second = FormulaWeights.tensor("second", 64, 16, 3, 3).requireGradient();
            List<Tensor> taken;
            List<Tensor> left;
            try (GradientTape tape = Tapes.takingConvolutions(Long.MAX_VALUE)) {
                taken = tape.gradients(sumOfTwo(x, first, second), List.of(first, second));
            }
            try (GradientTape tape = Tapes.leavingAllToLibtorch()) {
                left = tape.gradients(sumOfTwo(x, first, second), List.of(first, second));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(size(taken.get(i).sub(left.get(i))) / size(left.get(i)))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    private static Tensor sumOfTwo(Tensor x, Tensor first, Tensor second) {
        Tensor sum = Functions.conv2d(x, first, null, 1, 1, 1, Activation.RELU)
                .add(Functions.conv2d(x, second, null, 1, 1, 1));
        return sum.mul(FormulaWeights.tensor("factors", 2, 64, 8, 8)).sum();
    }

    @Test
    void whatTheLossDoesNotDependOnIsSaidSo() {
        try (Scope scope = Scope.open();
                GradientTape tape = GradientTape.open()) {
            Tensor used = Tensors.full(1, DType.FLOAT32, 2).requireGradient();
            Tensor unused = Tensors.full(1, DType.FLOAT32, 3).requireGradient();
            assertThatThrownBy(() -> tape.gradients(used.sum(), List.of(used, unused)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the scalar does not depend on parameter 1 of 2, of shape [3]");
        }
    }

    @Test
    void oneIsOpenAtATime() {
        try (GradientTape tape = GradientTape.open()) {
            assertThatThrownBy(GradientTape::open).isInstanceOf(IllegalStateException.class);
            assertThat(tape).isNotNull();
        }
    }
}

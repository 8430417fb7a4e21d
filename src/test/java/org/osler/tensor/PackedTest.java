package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.SeededRandom;

/** Packed layers compute what libtorch's own operators do. */
class PackedTest {

    @BeforeEach
    void packingIsAvailable() {
        Assumptions.assumeTrue(Packed.available(DType.FLOAT32), "oneDNN is not in this platform's libtorch");
    }

    private static Tensor random(String name, long... shape) {
        SeededRandom random = SeededRandom.of(3, name);
        long count = 1;
        for (long side : shape) {
            count *= side;
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.normal();
        }
        return Tensors.of(values, shape);
    }

    private static void equal(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).containsExactly(expected.shape());
        float[] wanted = expected.toFloats();
        float[] got = actual.toFloats();
        for (int i = 0; i < wanted.length; i++) {
            assertThat(got[i]).isCloseTo(wanted[i], within(2e-5f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "5, 1", "8, 2", "9, 3"})
    void convolutions(int side, int stride) {
        try (Scope scope = Scope.open();
                PackedConv2d packed = new PackedConv2d(random("w", 6, 4, 3, 3), random("b", 6), stride, 1, 1)) {
            Tensor x = random("x", 2, 4, side, side);
            Tensor plain = Functions.conv2d(x, random("w", 6, 4, 3, 3), random("b", 6), stride, 1, 1);
            for (Activation activation : Activation.values()) {
                equal(packed.apply(x, activation), activation.of(plain));
            }
            Tensor added = random("added", plain.shape());
            equal(packed.applyAndAdd(x, added, Activation.NONE), plain.add(added));
            equal(
                    packed.applyAndAdd(x, added, Activation.RELU),
                    plain.add(added).relu());
        }
    }

    @Test
    void convolutionsOfSeveralSizesByTurns() {
        try (Scope scope = Scope.open();
                PackedConv2d packed = new PackedConv2d(random("w", 24, 8, 3, 3), random("b", 24), 1, 1, 1)) {
            for (int side : new int[] {5, 14, 1, 5, 56, 14}) {
                Tensor x = random("x", 2, 8, side, side);
                Tensor plain = Functions.conv2d(x, random("w", 24, 8, 3, 3), random("b", 24), 1, 1, 1);
                equal(packed.apply(x, Activation.NONE), plain);
                equal(packed.applyAndAdd(x, plain, Activation.NONE), plain.add(plain));
            }
        }
    }

    /** Weights in blocks for another size took eleven times as long on AVX2, for they were rearranged at each call. */
    @Test
    void weightsAreNotRearrangedAtEachCall() {
        try (Scope scope = Scope.open()) {
            Tensor x = random("x", 1, 256, 14, 14).channelsLast();
            Tensor w = random("w", 256, 256, 3, 3).channelsLast();
            try (PackedConv2d packed = new PackedConv2d(w, null, 1, 1, 1)) {
                long[] fastest = {Long.MAX_VALUE, Long.MAX_VALUE};
                for (int i = 0; i < 40; i++) {
                    fastest[0] = Math.min(fastest[0], nanos(() -> packed.apply(x, Activation.NONE)));
                    fastest[1] = Math.min(fastest[1], nanos(() -> Functions.conv2d(x, w, null, 1, 1, 1)));
                }
                assertThat((double) fastest[0] / fastest[1]).isLessThan(2);
            }
        }
    }

    private static long nanos(Supplier<Tensor> convolution) {
        try (Scope scope = Scope.open()) {
            long start = System.nanoTime();
            Autograd.off(convolution);
            return System.nanoTime() - start;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "3, 4", "4, 1"})
    void convolutionsInGroups(int side, int groups) {
        try (Scope scope = Scope.open();
                PackedConv2d packed = new PackedConv2d(random("w", 4, 4 / groups, 3, 3), null, 1, 1, groups)) {
            Tensor x = random("x", 2, 4, side, side);
            Tensor plain = Functions.conv2d(x, random("w", 4, 4 / groups, 3, 3), null, 1, 1, groups);
            equal(packed.apply(x, Activation.SILU), Functions.silu(plain));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 7, 5", "3, 16, 48", "2, 64, 1"})
    void linearLayers(int rows, int in, int out) {
        try (Scope scope = Scope.open();
                PackedLinear packed = new PackedLinear(random("w", out, in), random("b", out));
                PackedLinear bare = new PackedLinear(random("w", out, in), null)) {
            Tensor x = random("x", 2, rows, in);
            Tensor plain = Functions.linear(x, random("w", out, in), random("b", out));
            for (Activation activation : Activation.values()) {
                equal(packed.apply(x, activation), activation.of(plain));
            }
            Tensor added = random("added", 2, rows, out);
            equal(packed.applyAndAdd(x, added), plain.add(added));
            equal(bare.apply(x, Activation.NONE), Functions.linear(x, random("w", out, in), null));
        }
    }

    /** The gradient of a sum that weighs every output differently, with respect to the input. */
    private static void gradientsEqual(UnaryOperator<Tensor> packed, UnaryOperator<Tensor> plain, long... shape) {
        Tensor[] gradients = new Tensor[2];
        for (int i = 0; i < 2; i++) {
            Tensor x = random("x", shape).requireGradient();
            Tensor y = (i == 0 ? packed : plain).apply(x);
            gradients[i] = Autograd.gradients(
                            y.mul(random("weights", y.shape())).sum(), List.of(x))
                    .get(0);
        }
        assertThat(gradients[1].norm().item()).isGreaterThan(0.1);
        equal(gradients[0], gradients[1]);
    }

    @ParameterizedTest
    @CsvSource({"1, 7, 5", "3, 16, 48", "2, 64, 1", "50, 192, 768"})
    void gradientsOfLinearLayers(int rows, int in, int out) {
        try (Scope scope = Scope.open();
                PackedLinear packed = new PackedLinear(random("w", out, in), random("b", out))) {
            Tensor added = random("added", 2, rows, out);
            UnaryOperator<Tensor> plain = x -> Functions.linear(x, random("w", out, in), random("b", out));
            gradientsEqual(x -> packed.apply(x, Activation.GELU), x -> Functions.gelu(plain.apply(x)), 2, rows, in);
            gradientsEqual(
                    x -> packed.applyAndAdd(x, added), x -> plain.apply(x).add(added), 2, rows, in);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 1, 1", "8, 2, 4", "9, 3, 2", "7, 1, 8"})
    void gradientsOfConvolutions(int side, int stride, int groups) {
        try (Scope scope = Scope.open();
                PackedConv2d packed =
                        new PackedConv2d(random("w", 16, 8 / groups, 3, 3), random("b", 16), stride, 1, groups)) {
            UnaryOperator<Tensor> plain =
                    x -> Functions.conv2d(x, random("w", 16, 8 / groups, 3, 3), random("b", 16), stride, 1, groups);
            int out = (side - 1) / stride + 1;
            Tensor added = random("added", 2, 16, out, out);
            gradientsEqual(
                    x -> packed.apply(x, Activation.RELU), x -> plain.apply(x).relu(), 2, 8, side, side);
            gradientsEqual(
                    x -> packed.applyAndAdd(x, added, Activation.NONE),
                    x -> plain.apply(x).add(added),
                    2,
                    8,
                    side,
                    side);
        }
    }
}

package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
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
}

package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.osler.SeededRandom;

/** Products of bfloat16 numbers, whichever way this processor takes. */
class BFloat16ProductsTest {

    /** Half a step between neighbours of bfloat16, which has 8 bits, and a little for sums in another order. */
    private static final double ROUNDING = 0x1p-8 * 1.02;

    private static final int OUT = 24;
    private static final int IN = 48;

    private static float[] values(String name, int count) {
        SeededRandom random = SeededRandom.of(5, name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.normal();
        }
        return values;
    }

    private static Tensor random(String name, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Tensors.of(values(name, count), shape).to(DType.BFLOAT16);
    }

    /** No further from the exact result than bfloat16 has to be. */
    private static void isRoundedOnce(Tensor actual, Tensor exact) {
        assertThat(actual.dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(actual.shape()).containsExactly(exact.shape());
        double[] wanted = exact.toDoubles();
        float[] got = actual.toFloats();
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) got[i]).isCloseTo(wanted[i], within(Math.abs(wanted[i]) * ROUNDING + 1e-5));
        }
    }

    private static Tensor exact(Tensor x) {
        return x.to(DType.FLOAT64);
    }

    @Test
    void linearLayersAreRoundedOnce() {
        try (Scope scope = Scope.open()) {
            Tensor x = random("x", 3, 5, IN);
            Tensor w = random("w", OUT, IN);
            Tensor b = random("b", OUT);
            isRoundedOnce(Functions.linear(x, w, b), Functions.linear(exact(x), exact(w), exact(b)));
            isRoundedOnce(Functions.linear(x, w, null), Functions.linear(exact(x), exact(w), null));
            isRoundedOnce(x.matmul(w.transpose(0, 1)), exact(x).matmul(exact(w).transpose(0, 1)));
        }
    }

    @Test
    void convolutionsAreRoundedOnce() {
        try (Scope scope = Scope.open()) {
            Tensor x = random("x", 2, 6, 7, 7).channelsLast();
            Tensor w = random("w", 4, 3, 3, 3);
            Tensor b = random("b", 4);
            isRoundedOnce(Functions.conv2d(x, w, b, 2, 1, 2), Functions.conv2d(exact(x), exact(w), exact(b), 2, 1, 2));
        }
    }

    @Test
    void packedLayersAreRoundedOnceWithWhatFollowsThem() {
        try (Scope scope = Scope.open();
                PackedLinear linear = new PackedLinear(random("w", OUT, IN), random("b", OUT));
                PackedConv2d convolution = new PackedConv2d(random("v", 8, 6, 3, 3), random("c", 8), 1, 1, 1)) {
            Tensor x = random("x", 3, 5, IN);
            Tensor plain = Functions.linear(exact(x), exact(random("w", OUT, IN)), exact(random("b", OUT)));
            Tensor more = random("added", 3, 5, OUT);
            isRoundedOnce(linear.apply(x, Activation.GELU), Functions.gelu(plain));
            isRoundedOnce(linear.applyAndAdd(x, more), plain.add(exact(more)));
            Tensor image = random("image", 2, 6, 7, 7).channelsLast();
            Tensor map = Functions.conv2d(exact(image), exact(random("v", 8, 6, 3, 3)), exact(random("c", 8)), 1, 1, 1);
            Tensor beside = random("beside", 2, 8, 7, 7).channelsLast();
            isRoundedOnce(convolution.apply(image, Activation.SILU), Functions.silu(map));
            isRoundedOnce(
                    convolution.applyAndAdd(image, beside, Activation.RELU),
                    map.add(exact(beside)).relu());
            assertThat(linear.type()).isEqualTo(DType.BFLOAT16);
            assertThat(convolution.type()).isEqualTo(DType.BFLOAT16);
        }
    }

    /** Three products follow each other, each rounded at most once more. */
    @Test
    void attentionIsNearTheExactOne() {
        try (Scope scope = Scope.open()) {
            Tensor q = random("q", 2, 3, 7, 8);
            Tensor k = random("k", 2, 3, 7, 8);
            Tensor v = random("v", 2, 3, 7, 8);
            Tensor bias = random("bias", 2, 3, 7, 7);
            near(Functions.attention(q, k, v), Functions.attention(exact(q), exact(k), exact(v)));
            near(Functions.attention(q, k, v, bias), Functions.attention(exact(q), exact(k), exact(v), exact(bias)));
        }
    }

    private static void near(Tensor actual, Tensor exact) {
        assertThat(actual.dtype()).isEqualTo(DType.BFLOAT16);
        double distance = exact(actual).sub(exact).norm().item();
        assertThat(distance / exact.norm().item()).isLessThan(0.01);
    }

    /** Of layers whose parameters are float32, against libtorch's own bfloat16 operator. */
    @Test
    void gradientsAreThoseOfLibtorchsOwnProducts() {
        try (Scope scope = Scope.open()) {
            List<Tensor> ours = gradients(f -> Functions.linear(f[0], f[1], f[2]));
            List<Tensor> theirs = gradients(
                    f -> new Tensor(torch.linear(f[0].handle(), f[1].handle(), new TensorOptional(f[2].handle()))));
            for (int i = 0; i < ours.size(); i++) {
                assertThat(ours.get(i).dtype()).isEqualTo(DType.FLOAT32);
                Tensor rounded = ours.get(i).to(DType.BFLOAT16).to(DType.FLOAT32);
                assertThat(rounded.toFloats()).isEqualTo(ours.get(i).toFloats());
                double size = theirs.get(i).norm().item();
                assertThat(ours.get(i).sub(theirs.get(i)).norm().item()).isLessThan(0.004 * size);
            }
        }
    }

    private static List<Tensor> gradients(Function<Tensor[], Tensor> layer) {
        List<Tensor> factors = new ArrayList<>();
        for (Tensor factor : List.of(random("x", 6, IN), random("w", OUT, IN), random("b", OUT))) {
            factors.add(factor.to(DType.FLOAT32).detach().requireGradient());
        }
        Tensor y = layer.apply(
                factors.stream().map(factor -> factor.to(DType.BFLOAT16)).toArray(Tensor[]::new));
        return Autograd.gradients(
                y.to(DType.FLOAT32).mul(random("weights", 6, OUT)).sum(), factors);
    }

    /** By libtorch's own way they took seven times as long on AVX2. */
    @Test
    void convolutionsTakeLittleLongerThanInFloat32() {
        try (Scope scope = Scope.open()) {
            Tensor x = random("x", 1, 256, 14, 14).channelsLast();
            Tensor w = random("w", 256, 256, 3, 3).channelsLast();
            Tensor wide = x.to(DType.FLOAT32);
            Tensor wideWeight = w.to(DType.FLOAT32);
            long[] fastest = {Long.MAX_VALUE, Long.MAX_VALUE};
            for (int i = 0; i < 20; i++) {
                fastest[0] = Math.min(fastest[0], nanos(() -> Functions.conv2d(x, w, null, 1, 1, 1)));
                fastest[1] = Math.min(fastest[1], nanos(() -> Functions.conv2d(wide, wideWeight, null, 1, 1, 1)));
            }
            assertThat((double) fastest[0] / fastest[1]).isLessThan(3);
        }
    }

    private static long nanos(Runnable computation) {
        long start = System.nanoTime();
        Autograd.off(computation);
        return System.nanoTime() - start;
    }
}

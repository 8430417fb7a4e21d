package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osler.SeededRandom;

/** Gradients of convolutions' weights as products of matrices, against libtorch's own in float64. */
class ConvolutionGradientTest {

    /** Small maps, several images at a time; maps of which one has to be taken in bands; strides, paddings and kernels. */
    @ParameterizedTest
    @CsvSource({
        "3, 16, 8, 7, 3, 1, 1",
        "70, 16, 4, 12, 3, 1, 1",
        "2, 64, 8, 57, 3, 1, 1",
        "1, 32, 4, 130, 3, 1, 1",
        "1, 64, 4, 130, 3, 2, 1",
        "2, 16, 8, 15, 3, 2, 1",
        "2, 16, 8, 16, 3, 2, 1",
        "2, 16, 8, 14, 5, 1, 0",
        "2, 16, 8, 33, 7, 2, 3",
        "2, 16, 8, 8, 2, 2, 0",
        "5, 16, 8, 1, 3, 1, 1",
        "5, 16, 8, 2, 3, 2, 1"
    })
    void equalLibtorchs(int images, int in, int out, int side, int kernel, int stride, int padding) {
        try (Scope scope = Scope.open()) {
            Tensor x = random("x", images, in, side, side).channelsLast();
            Tensor weight =
                    Tensors.zeros(DType.FLOAT64, out, in, kernel, kernel).requireGradient();
            Tensor y = Convolution.plain(x.to(DType.FLOAT64), weight, null, stride, padding, 1);
            Tensor dy = random("dy", y.shape());
            Tensor expected =
                    Autograd.gradients(y.mul(dy).sum(), List.of(weight)).get(0);
            Tensor actual = new ConvolutionGradient(kernel, stride, padding).ofWeight(x, dy);
            assertThat(actual.shape()).isEqualTo(expected.shape());
            assertThat(actual.sub(expected).norm().item() / expected.norm().item())
                    .isLessThan(2e-6);
        }
    }

    private static Tensor random(String name, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] values = new float[count];
        SeededRandom.of(1, name).normals(values, 1);
        return Tensors.of(values, shape);
    }
}

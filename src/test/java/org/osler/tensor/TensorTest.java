package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void aTensorOutsideEveryScopeIsAnError() {
        assertThatThrownBy(() -> Tensors.zeros(DType.FLOAT32, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no scope is open");
    }

    @Test
    void valuesSurviveTheWayToNativeMemoryAndBack() {
        try (Scope scope = Scope.open()) {
            Tensor t = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            assertThat(t.shape()).containsExactly(2, 3);
            assertThat(t.transpose(0, 1).toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(t.dtype()).isEqualTo(DType.FLOAT32);
        }
    }

    @Test
    void handedOverTensorsOutliveTheirScopeAndKeptOnesOutliveAll() {
        Tensor kept;
        try (Scope outer = Scope.open()) {
            Tensor handed;
            try (Scope inner = Scope.open()) {
                handed = inner.handOver(Tensors.of(new float[] {7}, 1));
                kept = inner.keep(Tensors.of(new float[] {8}, 1));
            }
            assertThat(handed.toFloats()).containsExactly(7);
        }
        assertThat(kept.toFloats()).containsExactly(8);
        kept.close();
    }

    @Test
    void gradientOfASquareIsTwiceTheValue() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(new float[] {3, -2}, 2).requireGradient();
            List<Tensor> gradients = Autograd.gradients(x.mul(x).sum(), List.of(x));
            assertThat(gradients.get(0).toFloats()).containsExactly(6, -4);
        }
    }

    /** Two steps of torch.optim.AdamW([1.0, -2.0], lr 0.1, weight decay 0.01) on gradients [0.5, -1], PyTorch 2.13. */
    @Test
    void adamWStepsAsPyTorchDoes() {
        try (Scope scope = Scope.open()) {
            Tensor p = Tensors.of(new float[] {1, -2}, 2);
            try (Adam adamW = new Adam(List.of(p), new Adam.Settings(true, 0.9, 0.999, 1e-8, 0.01))) {
                adamW.step(List.of(Tensors.of(new float[] {0.5f, -1}, 2)), 0.1);
                assertThat(p.toFloats()[0]).isCloseTo(0.899f, within(1e-6f));
                adamW.step(List.of(Tensors.of(new float[] {0.25f, 1}, 2)), 0.1);
            }
            assertThat(p.toFloats()[0]).isCloseTo(0.804883f, within(1e-6f));
            assertThat(p.toFloats()[1]).isCloseTo(-1.901365f, within(1e-6f));
        }
    }

    @Test
    void aThousandScopesLeaveNoMemoryBehind() {
        long before = residentBytes();
        for (int i = 0; i < 1000; i++) {
            try (Scope scope = Scope.open()) {
                Tensors.full(1, DType.FLOAT32, 1024, 1024).mul(2);
            }
        }
        // 1,000 rounds make 8 GB; a leak of one tensor a round would be seen by far.
        assertThat(residentBytes() - before).isLessThan(200L << 20);
    }

    private static long residentBytes() {
        return org.bytedeco.javacpp.Pointer.physicalBytes();
    }

    /** Each output is the sum of an image times a kernel, here of whole numbers, plus 10. */
    @Test
    void aKernelAsLargeAsTheImageIsMultipliedOnce() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 1, 2, 2, 3);
            float[] kernels = new float[24];
            for (int i = 0; i < kernels.length; i++) {
                kernels[i] = i < 12 ? i : 1;
            }
            Tensor w = Tensors.of(kernels, 2, 2, 2, 3);
            Tensor b = Tensors.of(new float[] {10, 10}, 2);
            Tensor y = Functions.conv2d(x.channelsLast(), w, b, 2, 0, 1);
            assertThat(y.shape()).containsExactly(1, 2, 1, 1);
            // Σ i(i + 1) for i from 0 to 11, and Σ (i + 1)
            assertThat(y.toFloats()).containsExactly(572 + 10, 78 + 10);
        }
    }

    @Test
    void bothWaysToAttendInBfloat16Agree() {
        try (Scope scope = Scope.open()) {
            float[] values = new float[2 * 5 * 8];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.sin(i);
            }
            Tensor x = Tensors.of(values, 1, 2, 5, 8).to(DType.BFLOAT16);
            float[] fused = Functions.fusedAttention(x, x, x).toFloats();
            float[] products = BFloat16Attention.byProducts(x, x, x).toFloats();
            for (int i = 0; i < fused.length; i++) {
                assertThat(products[i]).isCloseTo(fused[i], within(0.02f));
            }
        }
    }
}

package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    @Test
    void whatLibtorchThrowsForMoreThanThereIsIsKnown() {
        try (Scope scope = Scope.open()) {
            Throwable fault = catchThrowable(() -> Tensors.zeros(DType.FLOAT32, 1L << 50));
            assertThat(fault)
                    .isNotNull()
                    .satisfies(thrown -> assertThat(OutOfMemory.isCauseOf(thrown))
                            .as(thrown.toString())
                            .isTrue());
        }
    }

    @Test
    void otherFaultsAreOthers() {
        try (Scope scope = Scope.open()) {
            Tensor three = Tensors.zeros(DType.FLOAT32, 3);
            Throwable fault = catchThrowable(() -> three.add(Tensors.zeros(DType.FLOAT32, 2)));
            assertThat(fault).isInstanceOf(RuntimeException.class);
            assertThat(OutOfMemory.isCauseOf(fault)).isFalse();
        }
        assertThat(OutOfMemory.isCauseOf(new OutOfMemoryError("Java heap space")))
                .isTrue();
        assertThat(OutOfMemory.isCauseOf(new IllegalStateException())).isFalse();
    }
}

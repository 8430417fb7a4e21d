package org.osler.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.osler.InputException;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;

class DeviceChoiceTest {

    @Test
    void wordsSayWhichKindOfDevice() {
        assertThat(DeviceChoice.of("--device", "cpu").device()).isEqualTo(Device.CPU);
        assertThat(DeviceChoice.of("--device", "cuda").kind()).isEqualTo(Device.Kind.CUDA);
        assertThat(DeviceChoice.of("--device", "cuda:3").kind()).isEqualTo(Device.Kind.CUDA);
        assertThat(Device.cuda(3).id()).isEqualTo("cuda:3");
    }

    @Test
    void otherWordsAreRefusedWithTheNearest() {
        assertThatThrownBy(() -> DeviceChoice.of("--device", "gpu"))
                .isInstanceOf(InputException.class)
                .hasMessage("--device: unknown device \"gpu\"; did you mean \"cpu\"?");
        for (String word : new String[] {"cuda:", "cuda:-1", "cuda:x", "CUDA", ""}) {
            assertThatThrownBy(() -> DeviceChoice.of("--device", word)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void withoutCudaAutoIsTheProcessorAndACardIsRefusedInOneLine() {
        assumeFalse(Cuda.isBuilt());
        assertThat(DeviceChoice.AUTO.device()).isEqualTo(Device.CPU);
        assertThat(DeviceChoice.AUTO.kind()).isEqualTo(Device.Kind.CPU);
        assertThat(Cuda.cards()).isZero();
        assertThatThrownBy(() -> DeviceChoice.of("--device", "cuda:1").device())
                .isInstanceOf(InputException.class)
                .hasMessage("cuda:1: Osler was built without CUDA; start it with OSLER_CUDA=1, see docs/cuda.md");
    }
}

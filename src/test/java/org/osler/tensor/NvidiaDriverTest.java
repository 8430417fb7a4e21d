package org.osler.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NvidiaDriverTest {

    /** As nvidia-smi prints them under --query-gpu=driver_version,uuid,name --format=csv,noheader. */
    private static final List<NvidiaDriver.Card> TWO = NvidiaDriver.parse(List.of(
            "580.95.05, GPU-1b5e3c0a-0000-1111-2222-333344445555, NVIDIA H200",
            "580.95.05, GPU-9f21aa77-0000-1111-2222-333344445555, NVIDIA RTX A6000, 48 GB"));

    @Test
    void readsWhatNvidiaSmiPrints() {
        assertThat(TWO).extracting(NvidiaDriver.Card::name).containsExactly("NVIDIA H200", "NVIDIA RTX A6000, 48 GB");
        assertThat(TWO).extracting(NvidiaDriver.Card::driver).containsOnly("580.95.05");
        assertThat(NvidiaDriver.parse(List.of("No devices were found", ""))).isEmpty();
    }

    @Test
    void visibleCardsAreThoseThatTheEnvironmentNamesInItsOrder() {
        assertThat(NvidiaDriver.visible(TWO, Optional.empty())).isEqualTo(TWO);
        assertThat(NvidiaDriver.visible(TWO, Optional.of("1,0"))).containsExactly(TWO.get(1), TWO.get(0));
        assertThat(NvidiaDriver.visible(TWO, Optional.of("GPU-9f"))).containsExactly(TWO.get(1));
        assertThat(NvidiaDriver.visible(TWO, Optional.of(""))).isEmpty();
        assertThat(NvidiaDriver.visible(TWO, Optional.of("0,7,1"))).containsExactly(TWO.get(0));
    }
}

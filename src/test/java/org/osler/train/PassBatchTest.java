package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassBatchTest {

    private static final long GIB = 1L << 30;

    @Test
    void aQuarterOfTheCardHoldsTheImages() {
        assertThat(PassBatch.onCard(141 * GIB, 224)).isEqualTo(256);
        assertThat(PassBatch.onCard(8 * GIB, 224)).isEqualTo(32); // 2 GiB of 64 MiB each
        assertThat(PassBatch.onCard(8 * GIB, 448)).isEqualTo(8);
        assertThat(PassBatch.onCard(GIB, 4096)).isEqualTo(1);
    }
}

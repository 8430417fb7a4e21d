package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Scope;
import org.osler.tensor.StandIn;
import org.osler.tensor.Tensors;

class BehindTest {

    private final List<String> seen = new ArrayList<>();

    @Test
    void aCardsResultIsReadWhenTheNextIsUnderWay() throws IOException {
        work(StandIn.CARD);
        assertThat(seen).containsExactly("start 0", "start 1", "read 0", "start 2", "read 1", "read 2");
    }

    @Test
    void theProcessorsAtOnce() throws IOException {
        work(Device.CPU);
        assertThat(seen).containsExactly("start 0", "read 0", "start 1", "read 1", "start 2", "read 2");
    }

    @Test
    void whereReadingFailsWhatIsUnderWayIsGivenUp() throws IOException {
        try (Behind behind = new Behind(StandIn.CARD)) {
            start(behind, 0, StandIn.CARD, result -> {
                throw new IOException("full");
            });
            assertThatThrownBy(() -> start(behind, 1, StandIn.CARD, result -> seen.add("read 1")))
                    .hasMessage("full");
        }
        assertThat(seen).containsExactly("start 0", "start 1");
    }

    private void work(Device device) throws IOException {
        try (Behind behind = new Behind(device)) {
            for (int i = 0; i < 3; i++) {
                int number = i;
                start(behind, number, device, result -> seen.add("read " + number));
            }
            behind.finish();
        }
    }

    private void start(Behind behind, int number, Device device, Behind.Reading reading) throws IOException {
        try (Scope scope = Scope.open()) {
            seen.add("start " + number);
            behind.add(scope, Tensors.zeros(DType.FLOAT32, 2).to(device), reading);
        }
    }
}

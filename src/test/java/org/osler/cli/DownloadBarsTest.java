package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.osler.weights.download.DownloadProgress.Bar;

class DownloadBarsTest {

    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void whereNobodyWatchesALineComesEveryHalfMinute() {
        try (Bar bar = bars(false).begin("model.safetensors", OptionalLong.of(400_000_000))) {
            bar.at(100_000_000); // from an earlier run: no part of the rate
            for (int step = 1; step <= 4; step++) {
                now = now.plusSeconds(20);
                bar.at(100_000_000 + step * 60_000_000L);
            }
            bar.note("trying again");
        }
        assertThat(err.toString()).isEqualTo("""
                model.safetensors: 220.0 of 400.0 MB, 3.0 MB/s
                model.safetensors: 340.0 of 400.0 MB, 3.0 MB/s
                trying again
                """);
    }

    @Test
    void lengthMayBeUnknown() {
        try (Bar bar = bars(false).begin("x.npz", OptionalLong.empty())) {
            bar.at(0);
            now = now.plusSeconds(30);
            bar.at(15_000_000);
        }
        assertThat(err.toString()).isEqualTo("x.npz: 15.0 MB, 0.5 MB/s\n");
    }

    @Test
    void onATerminalABarIsDrawnAndWiped() {
        try (Bar bar = bars(true).begin("x.npz", OptionalLong.of(20_000_000))) {
            bar.at(20_000_000);
        }
        assertThat(err.toString()).contains("x.npz", "20/20 MB").endsWith("\r\u001b[K");
    }

    private DownloadBars bars(boolean shown) {
        var writer = new PrintWriter(err);
        return new DownloadBars(new Terminal(writer, writer, shown, shown, 100, false), () -> now);
    }
}

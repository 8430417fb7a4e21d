package org.osler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.osler.train.Progress.Bar;

class ConsoleProgressTest {

    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void whereNobodyWatchesALineComesEveryHalfMinute() {
        ConsoleProgress progress = progress(false);
        progress.planned(24, 8);
        try (Bar bar = progress.begin("breastmnist · features", 400)) {
            for (int step = 0; step < 4; step++) {
                now = now.plusSeconds(20);
                bar.step(100);
            }
        }
        assertThat(err.toString()).isEqualTo("""
                        24 trials, 8 of them done before
                        breastmnist · features: 50 %, about 40.0 s left
                        """);
    }

    @Test
    void onATerminalABarIsDrawnAndWiped() {
        ConsoleProgress progress = progress(true);
        try (Bar bar = progress.begin("fine-tune", 10)) {
            bar.step(10);
        }
        assertThat(err.toString())
                .contains("fine-tune")
                .contains("10/10")
                .endsWith("\r\u001b[K")
                .doesNotContain("\n");
    }

    @Test
    void finishedStudyIsSaidToBe() {
        progress(false).planned(24, 24);
        assertThat(err.toString()).isEqualTo("24 trials, all done before\n");
    }

    @Test
    void timesAreReadAtAGlance() {
        assertThat(ConsoleProgress.time(Duration.ofMillis(3449))).isEqualTo("3.4 s");
        assertThat(ConsoleProgress.time(Duration.ofSeconds(123))).isEqualTo("2:03 min");
        assertThat(ConsoleProgress.time(Duration.ofSeconds(3723))).isEqualTo("1:02:03 h");
    }

    private ConsoleProgress progress(boolean shown) {
        var writer = new PrintWriter(err);
        return new ConsoleProgress(new Terminal(writer, writer, shown, shown, 80, false), () -> now);
    }
}

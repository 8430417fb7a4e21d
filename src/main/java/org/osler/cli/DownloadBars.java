package org.osler.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.osler.weights.download.DownloadProgress;

/**
 * Shows how downloads go, on standard error: a bar a file with megabytes and their rate; where nobody watches, a line
 * every half minute.
 */
final class DownloadBars implements DownloadProgress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    private static final int REDRAW_MILLIS = 200;
    private static final long MB = 1_000_000;

    private final Terminal terminal;
    private final InstantSource clock;

    DownloadBars(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Bar begin(String what, OptionalLong bytes) {
        return terminal.errShown() ? new Drawn(what, bytes) : new Said(what, bytes);
    }

    /** A line of its own, above a bar if there is one. */
    void say(String line) {
        terminal.err().println((terminal.errShown() ? LastLine.WIPE : "") + line);
        terminal.err().flush();
    }

    /** A bar on a terminal, wiped when the file is there. */
    private final class Drawn implements Bar {
        private final ProgressBar bar;

        private Drawn(String what, OptionalLong bytes) {
            this.bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(bytes.orElse(-1))
                    .setUnit(" MB", MB)
                    .showSpeed()
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new LastLine(terminal.err(), terminal.columns() - 1))
                    .build();
        }

        @Override
        public void at(long position) {
            bar.stepTo(position);
        }

        @Override
        public void note(String text) {
            say(text);
        }

        @Override
        public void close() {
            bar.close();
            terminal.err().print(LastLine.WIPE);
            terminal.err().flush();
        }
    }

    /** Now and then a line. */
    private final class Said implements Bar {
        private final String what;
        private final OptionalLong bytes;
        private Instant said = clock.instant();
        private long saidAt = -1;

        private Said(String what, OptionalLong bytes) {
            this.what = what;
            this.bytes = bytes;
        }

        @Override
        public void at(long position) {
            if (saidAt < 0) {
                saidAt = position; // what was there before is no part of the rate
            }
            Instant now = clock.instant();
            Duration since = Duration.between(said, now);
            if (since.compareTo(BETWEEN_LINES) >= 0) {
                double rate = Math.max(0, position - saidAt) / (double) MB / (since.toMillis() / 1000.0);
                String of =
                        bytes.isPresent() ? String.format(Locale.ROOT, " of %.1f", megabytes(bytes.getAsLong())) : "";
                say(String.format(Locale.ROOT, "%s: %.1f%s MB, %.1f MB/s", what, megabytes(position), of, rate));
                said = now;
                saidAt = position;
            }
        }

        private static double megabytes(long bytes) {
            return bytes / (double) MB;
        }

        @Override
        public void note(String text) {
            say(text);
        }

        @Override
        public void close() {
            // A line about the file follows.
        }
    }
}

package org.osler.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.osler.metric.Evaluation;
import org.osler.study.RunProgress;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;

/**
 * Shows how a run goes, on standard error: a line for each trial that ends, and a bar with the time left for the work
 * under way. Where nobody watches, a line every half minute stands in for the bar.
 */
final class ConsoleProgress implements RunProgress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);
    private static final int REDRAW_MILLIS = 200;

    private final Terminal terminal;
    private final InstantSource clock;
    private int trials;
    private int ended;

    ConsoleProgress(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public void planned(int planned, int done) {
        trials = planned;
        ended = done;
        say("%d trial%s%s"
                .formatted(
                        planned,
                        planned == 1 ? "" : "s",
                        done == 0 ? "" : done == planned ? ", all done before" : ", " + done + " of them done before"));
    }

    @Override
    public void elsewhere(int others) {
        say(others + (others == 1 ? " trial is" : " trials are")
                + " left to another run that works in the same folder; its results come there, too");
    }

    @Override
    public Bar begin(String what, long steps) {
        return terminal.errShown() ? new Drawn(terminal, what, steps) : new Said(what, steps);
    }

    @Override
    public void note(String line) {
        say(line);
    }

    @Override
    public void finished(TrialOutcome outcome) {
        sayEnd(line(outcome));
    }

    @Override
    public void failed(Trial trial, String reason) {
        sayEnd(trial.label() + ": " + terminal.ansi(terminal.errShown()).string("@|red failed|@: ")
                + Shown.text(reason));
    }

    @Override
    public void besides(String line, boolean failure) {
        sayEnd(Shown.text(line));
    }

    /** Which trial it was, and what came of it. */
    static String line(TrialOutcome outcome) {
        Evaluation test = outcome.test();
        return "%s: ACC %.1f %%  AUC %s  %s"
                .formatted(
                        outcome.trial().label(),
                        100 * test.accuracy(),
                        Double.isNaN(test.auc()) ? "–" : "%.1f %%".formatted(100 * test.auc()),
                        time(Duration.ofMillis(Math.round(1000 * outcome.fit().seconds()))));
    }

    private synchronized void sayEnd(String line) {
        ended++;
        int digits = Integer.toString(trials).length();
        say(String.format(Locale.ROOT, "[%" + digits + "d/%d] %s", ended, trials, line));
    }

    private void say(String line) {
        terminal.err().println((terminal.errShown() ? LastLine.WIPE : "") + line);
        terminal.err().flush();
    }

    /** Hours, minutes and seconds, as far as there are any: {@code 1:02:03}, {@code 2:03 min}, {@code 3.4 s}. */
    static String time(Duration duration) {
        if (duration.toHours() > 0) {
            return "%d:%02d:%02d h".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
        }
        if (duration.toMinutes() > 0) {
            return "%d:%02d min".formatted(duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** A bar on a terminal, wiped when the work is over. */
    private static final class Drawn implements Bar {
        private final PrintWriter err;
        private final ProgressBar bar;

        private Drawn(Terminal terminal, String what, long steps) {
            this.err = terminal.err();
            this.bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(steps)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new LastLine(terminal.err(), terminal.columns() - 1))
                    .build();
        }

        @Override
        public void step(long count) {
            bar.stepBy(count);
        }

        @Override
        public void close() {
            bar.close();
            // Here and not in the consumer: the library does not close that of a bar which it has not drawn yet.
            err.print(LastLine.WIPE);
            err.flush();
        }
    }

    /** Now and then a line. */
    private final class Said implements Bar {
        private final String what;
        private final long steps;
        private final Instant began = clock.instant();
        private Instant said = began;
        private long before;
        private long done;

        private Said(String what, long steps) {
            this.what = what;
            this.steps = steps;
        }

        @Override
        public void step(long count) {
            done += count;
            Instant now = clock.instant();
            if (done < steps && done > before && Duration.between(said, now).compareTo(BETWEEN_LINES) >= 0) {
                said = now;
                Duration left =
                        Duration.between(began, now).multipliedBy(steps - done).dividedBy(done - before);
                say(String.format(Locale.ROOT, "%s: %.0f %%, about %s left", what, 100.0 * done / steps, time(left)));
            }
        }

        @Override
        public void before(long count) {
            before += count;
            done += count;
        }

        @Override
        public void close() {
            // The trial's own line follows.
        }
    }
}

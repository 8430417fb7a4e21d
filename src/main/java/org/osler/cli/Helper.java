package org.osler.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.osler.study.RunProgress;
import org.osler.study.Runner;
import org.osler.study.Share;
import org.osler.study.Study;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;
import org.osler.train.StoppedException;
import org.osler.weights.Home;

/**
 * A process that another one started to help with its study, see {@link SideBySide}: tells on standard output what ends, a
 * line each, and ends itself, with everything saved, when its standard input does. So it does not outlive the other, and
 * Ctrl-C, of which both hear, does not count twice.
 */
final class Helper {

    static final String FINISHED = "finished ";
    static final String FAILED = "failed ";
    static final String NOTE = "note ";

    private Helper() {}

    static int run(Study study, Share share, Home home, PrintWriter out) throws IOException {
        Signals.register("INT", () -> {}); // the other process hears of it too, and closes the input
        var stopped = new AtomicBoolean();
        var waiting = new Thread(() -> awaitEnd(System.in, stopped), "standard input");
        waiting.setDaemon(true);
        waiting.start();
        try {
            Runner.Outcome outcome = Runner.help(study, share, home, new StopOnRequest(new Telling(out), stopped::get));
            return outcome.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE;
        } catch (StoppedException e) {
            return ExitCode.INTERRUPTED; // the other process says so
        }
    }

    private static void awaitEnd(InputStream in, AtomicBoolean stopped) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stopped.set(true);
        }
    }

    private record Telling(PrintWriter out) implements RunProgress {

        @Override
        public void planned(int trials, int done) {
            // The other process knows.
        }

        @Override
        public void finished(TrialOutcome outcome) {
            say(FINISHED, ConsoleProgress.line(outcome));
        }

        @Override
        public void failed(Trial trial, String reason) {
            say(FAILED, trial.label() + ": failed: " + reason);
        }

        @Override
        public void note(String line) {
            say(NOTE, line);
        }

        @Override
        public Bar begin(String what, long steps) {
            return RunProgress.SILENT.begin(what, steps);
        }

        private void say(String kind, String line) {
            out.println(kind + line.replaceAll("\\R", " "));
            out.flush();
        }
    }
}

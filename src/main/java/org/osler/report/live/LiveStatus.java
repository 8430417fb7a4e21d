package org.osler.report.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalDouble;
import org.osler.study.Outlook;
import org.osler.study.RunProgress;
import org.osler.study.Trial;
import org.osler.study.TrialOutcome;

/**
 * How far a run has come, for the live view; hears of it on the way to whoever listens anyway. The run's thread writes,
 * the server's threads read.
 */
final class LiveStatus implements RunProgress {

    private static final JsonMapper JSON = new JsonMapper();

    private final String study;
    private final Path folder;
    private final RunProgress next;
    private final InstantSource clock;
    private final Runnable changed;
    private final Instant began;
    private State state = State.PREPARING;
    private String reason = "";
    private int trials;
    private int ended;
    private int failed;
    private int elsewhere;
    private Step step;
    private Outlook outlook;

    /** Where a run stands. */
    enum State {
        /** Files are looked for and fetched; how many trials there are is not known yet. */
        PREPARING,
        /** Trials run. */
        RUNNING,
        /** All trials have ended; tables and report are written. */
        REPORTING,
        /** The last report is there. */
        DONE,
        /** The user has interrupted the run. */
        INTERRUPTED,
        /** The run could not go on. */
        STOPPED;

        boolean isEnd() {
            return compareTo(DONE) >= 0;
        }
    }

    /** A piece of work under way. */
    private static final class Step {
        private final String what;
        private final long total;
        private final Instant began;
        private long before;
        private long done;

        private Step(String what, long total, Instant began) {
            this.what = what;
            this.total = total;
            this.began = began;
        }
    }

    /**
     * Listens.
     *
     * @param study the study's name
     * @param folder its results folder
     * @param next hears everything too
     * @param changed called when there are results to show, from the run's thread; must be quick
     */
    LiveStatus(String study, Path folder, RunProgress next, InstantSource clock, Runnable changed) {
        this.study = study;
        this.folder = folder;
        this.next = next;
        this.clock = clock;
        this.changed = changed;
        this.began = clock.instant();
    }

    @Override
    public void planned(int planned, int done) {
        synchronized (this) {
            state = State.RUNNING;
            trials = planned;
            ended = done;
        }
        next.planned(planned, done);
        if (done > 0) {
            changed.run();
        }
    }

    @Override
    public void outlook(Outlook ofRun) {
        synchronized (this) {
            outlook = ofRun;
        }
        next.outlook(ofRun);
    }

    @Override
    public void elsewhere(int others) {
        synchronized (this) {
            elsewhere = others;
        }
        next.elsewhere(others);
    }

    @Override
    public void besides(String line, boolean failure) {
        end(failure);
        next.besides(line, failure);
    }

    @Override
    public void finished(TrialOutcome outcome) {
        end(false);
        next.finished(outcome);
    }

    @Override
    public void failed(Trial trial, String why) {
        end(true);
        next.failed(trial, why);
    }

    private void end(boolean failure) {
        synchronized (this) {
            ended++;
            failed += failure ? 1 : 0;
            state = ended == trials ? State.REPORTING : State.RUNNING;
        }
        changed.run();
    }

    @Override
    public void note(String line) {
        next.note(line);
    }

    @Override
    public Bar begin(String what, long steps) {
        Bar bar = next.begin(what, steps);
        var begun = new Step(what, steps, clock.instant());
        show(begun);
        return new Bar() {
            @Override
            public void step(long count) {
                synchronized (LiveStatus.this) {
                    begun.done += count;
                }
                bar.step(count);
            }

            @Override
            public void before(long count) {
                synchronized (LiveStatus.this) {
                    begun.before += count;
                    begun.done += count;
                }
                bar.before(count);
            }

            @Override
            public void close() {
                show(null);
                bar.close();
            }
        };
    }

    private synchronized void show(Step now) {
        step = now;
    }

    /** The run has ended. */
    synchronized void end(State how, String why) {
        state = how;
        reason = why;
        step = null;
    }

    /**
     * Everything as JSON: {@code docs/results.md} describes it.
     *
     * @param report the newest report's number
     * @param problem why it is not newer; empty: there is no newer one
     */
    synchronized String json(int report, String problem) {
        ObjectNode json = JSON.createObjectNode()
                .put("study", study)
                .put("folder", folder.toString())
                .put("began", began.toEpochMilli())
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("reason", reason)
                .put("trials", trials)
                .put("ended", ended)
                .put("failed", failed)
                .put("elsewhere", elsewhere)
                .put("report", report)
                .put("problem", problem);
        OptionalDouble left =
                state == State.RUNNING && outlook != null ? outlook.secondsLeft() : OptionalDouble.empty();
        left.ifPresent(seconds -> json.put("secondsLeft", seconds));
        if (step != null) {
            ObjectNode now = json.putObject("step")
                    .put("what", step.what)
                    .put("done", step.done)
                    .put("total", step.total);
            if (step.done > step.before && step.total > step.done) {
                double spent = Duration.between(step.began, clock.instant()).toMillis() / 1000.0;
                now.put("secondsLeft", spent / (step.done - step.before) * (step.total - step.done));
            }
        }
        return json.toString();
    }

    synchronized boolean hasEnded() {
        return state.isEnd();
    }
}

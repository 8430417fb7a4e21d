package org.osler.study;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.osler.train.Progress;

/**
 * How long the rest of a run takes, from how long this run has taken for what it has done: nothing is known beforehand but
 * how much work each part is beside others of its kind. Parts of a kind that has not been measured yet make the whole
 * unknown. The run's thread tells, any thread asks.
 */
public final class Outlook {

    /** Work under way tells of its speed after this time, and not before. */
    private static final Duration TELLING = Duration.ofSeconds(2);

    /** What takes about the same time for the same amount of work. */
    private record Pace(PlanCost.Kind kind, String encoder) {}

    /**
     * A part of a run.
     *
     * @param work how much it is, in units of its kind
     */
    record Part(PlanCost.Kind kind, String encoder, double work) {
        private Pace pace() {
            return new Pace(kind, encoder);
        }
    }

    /** Work that was done, and the time that it took. */
    private record Measured(double work, double seconds) {
        private static final Measured NOTHING = new Measured(0, 0);

        private Measured with(Measured other) {
            return new Measured(work + other.work, seconds + other.seconds);
        }
    }

    /** Work under way: some parts at once, with a bar. */
    private final class Stretch {
        private final List<Part> parts;
        private final long steps;
        private final Instant began = clock.instant();
        private long before;
        private long done;

        private Stretch(List<Part> parts, long steps) {
            this.parts = parts;
            this.steps = steps;
        }

        private double work() {
            return parts.stream().mapToDouble(Part::work).sum();
        }

        private double share(long count) {
            return Math.min(1, count / (double) Math.max(1, steps));
        }

        private Measured measured(long until) {
            double seconds = Duration.between(began, clock.instant()).toMillis() / 1000.0;
            return new Measured(work() * (share(until) - share(before)), seconds);
        }

        private boolean tells() {
            return done > before && Duration.between(began, clock.instant()).compareTo(TELLING) >= 0;
        }
    }

    private final InstantSource clock;

    /** Encoder passes by what they depend on, and trials, in the order of work; without those that have ended. */
    private final Map<Object, Part> ahead = new LinkedHashMap<>();

    private final Map<Pace, Measured> measured = new HashMap<>();
    private Optional<Stretch> now = Optional.empty();

    Outlook(InstantSource clock) {
        this.clock = clock;
    }

    /** There is this part to do, too: an encoder pass or a trial. */
    synchronized void add(Object key, Part part) {
        ahead.put(key, part);
    }

    /** Whatever stands before these has ended, or is another run's. */
    synchronized void reach(Collection<?> keys) {
        if (ahead.keySet().stream().noneMatch(keys::contains)) {
            return;
        }
        Iterator<Object> each = ahead.keySet().iterator();
        while (!keys.contains(each.next())) {
            each.remove();
        }
    }

    /** These have ended. */
    synchronized void end(Collection<?> keys) {
        ahead.keySet().removeAll(keys);
    }

    /** What was under way, if anything, was done to its end, its evaluation included; or given up on the way. */
    synchronized void pause(boolean whole) {
        now.ifPresent(stretch -> {
            Measured last = stretch.measured(whole ? stretch.steps : stretch.done);
            for (Part part : stretch.parts) {
                double share = part.work() / Math.max(Double.MIN_NORMAL, stretch.work());
                measured.merge(part.pace(), new Measured(last.work() * share, last.seconds() * share), Measured::with);
            }
        });
        now = Optional.empty();
    }

    /** A progress whose next bar is about these: encoder passes or trials. */
    Progress of(Progress told, Collection<?> keys) {
        return new Progress() {
            @Override
            public Bar begin(String what, long steps) {
                Bar bar = told.begin(what, steps);
                return watched(bar, stretch(keys, steps));
            }

            @Override
            public void note(String line) {
                told.note(line);
            }
        };
    }

    private synchronized Stretch stretch(Collection<?> keys, long steps) {
        pause(true);
        List<Part> parts = ahead.entrySet().stream()
                .filter(entry -> keys.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        var stretch = new Stretch(parts, steps);
        ahead.keySet().removeAll(keys);
        now = Optional.of(stretch);
        return stretch;
    }

    private Progress.Bar watched(Progress.Bar bar, Stretch stretch) {
        return new Progress.Bar() {
            @Override
            public void step(long count) {
                synchronized (Outlook.this) {
                    stretch.done += count;
                }
                bar.step(count);
            }

            @Override
            public void before(long count) {
                synchronized (Outlook.this) {
                    stretch.before += count;
                    stretch.done += count;
                }
                bar.before(count);
            }

            @Override
            public void close() {
                bar.close(); // what follows, evaluation on test above all, belongs to the same stretch
            }
        };
    }

    /** Seconds that are left, as if no other run took a part of them; empty if that cannot be told yet. */
    public synchronized OptionalDouble secondsLeft() {
        double seconds = 0;
        for (Part part : ahead.values()) {
            seconds += seconds(part, part.work());
        }
        if (now.isPresent()) {
            Stretch stretch = now.get();
            for (Part part : stretch.parts) {
                seconds += seconds(part, part.work() * (1 - stretch.share(stretch.done)));
            }
        }
        return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    /** By the pace of the same encoder, else by that of all encoders at the same kind of work; NaN if there is none. */
    private double seconds(Part part, double work) {
        if (work == 0) {
            return 0;
        }
        Measured own = sofar(part.kind(), part.encoder());
        Measured pace = own.work() > 0 ? own : sofar(part.kind(), null);
        return pace.work() > 0 ? work * pace.seconds() / pace.work() : Double.NaN;
    }

    private Measured sofar(PlanCost.Kind kind, String encoder) {
        Measured sum = Measured.NOTHING;
        for (var entry : measured.entrySet()) {
            if (entry.getKey().kind() == kind
                    && (encoder == null || entry.getKey().encoder().equals(encoder))) {
                sum = sum.with(entry.getValue());
            }
        }
        if (now.isPresent() && now.get().tells()) {
            Stretch stretch = now.get();
            boolean same = stretch.parts.stream()
                    .anyMatch(part -> part.kind() == kind
                            && (encoder == null || part.encoder().equals(encoder)));
            sum = same ? sum.with(stretch.measured(stretch.done)) : sum;
        }
        return sum;
    }
}

package org.osler.recommend;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A time given, which runs from when this is made. */
public final class TimeBudget {

    private final Duration given;
    private final LongSupplier nanos;
    private final long start;

    TimeBudget(Duration given, LongSupplier nanos) {
        this.given = given;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** A time that runs from now. */
    public static TimeBudget of(Duration given) {
        return new TimeBudget(given, System::nanoTime);
    }

    /** All of it, in seconds. */
    double seconds() {
        return given.toNanos() / 1e9;
    }

    /** What has passed, in seconds. */
    double spent() {
        return (nanos.getAsLong() - start) / 1e9;
    }

    /** What is left, in seconds; negative when it is over. */
    double left() {
        return seconds() - spent();
    }

    boolean isOver() {
        return left() <= 0;
    }
}

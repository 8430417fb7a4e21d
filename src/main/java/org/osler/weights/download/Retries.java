package org.osler.weights.download;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.osler.InputException;

/** Tries again what broke off, waiting longer each time, until it goes well or trying has no more sense. */
final class Retries {

    private final Patience patience;
    private final SplittableRandom random = new SplittableRandom();
    /** Servers that never answered; the next file from there need not wait to learn the same. */
    private final Map<String, InputException> unreachable = new HashMap<>();

    private final Set<String> answered = new HashSet<>();

    Retries(Patience patience) {
        this.patience = patience;
    }

    /** What may break off. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /**
     * Runs an attempt until it ends without an {@link Interruption}.
     *
     * @param reached how many bytes there are; tries are counted anew when they become more than ever before
     * @param bar hears why there is a wait
     * @throws InputException when trying is given up
     */
    <T> T run(URI address, Attempt<T> attempt, LongSupplier reached, DownloadProgress.Bar bar) throws IOException {
        if (unreachable.containsKey(Redirects.origin(address))) {
            throw unreachable.get(Redirects.origin(address));
        }
        long furthest = reached.getAsLong();
        for (int failed = 0; ; ) {
            try {
                T result = attempt.run();
                answered.add(Redirects.origin(address));
                return result;
            } catch (Interruption e) {
                String origin = Redirects.origin(e.address());
                if (e.answered()) {
                    answered.add(origin);
                }
                failed = reached.getAsLong() > furthest ? 1 : failed + 1;
                furthest = Math.max(furthest, reached.getAsLong());
                boolean never = !answered.contains(origin);
                if (unreachable.containsKey(origin) || failed >= (never ? patience.firstTries() : patience.tries())) {
                    throw givenUp(e, never, failed);
                }
                Duration pause = pause(e, failed);
                bar.note("%s: %s; trying again in %.0f s"
                        .formatted(e.address().getHost(), e.getMessage(), pause.toMillis() / 1000.0));
                sleep(pause);
            }
        }
    }

    private InputException givenUp(Interruption last, boolean never, int failed) {
        if (never) {
            String origin = Redirects.origin(last.address());
            return unreachable.computeIfAbsent(
                    origin,
                    key -> new InputException(
                            "%s cannot be reached (%s); see docs/fetching.md".formatted(key, last.getMessage()), last));
        }
        return new InputException(
                "%s: %s; given up after %d tries in a row. What has come is kept, and the same command goes on from there."
                        .formatted(Redirects.origin(last.address()), last.getMessage(), failed),
                last);
    }

    /** What the server asks for, else twice as long from try to try; a random quarter less, so that many do not come at once. */
    private Duration pause(Interruption failure, int failed) {
        if (failure.retryAfter().isPresent()) {
            Duration asked = failure.retryAfter().get();
            return asked.compareTo(patience.longestRetryAfter()) > 0 ? patience.longestRetryAfter() : asked;
        }
        double doubled = (double) patience.pause().toMillis() * Math.pow(2, failed - 1);
        double bounded = Math.min(doubled, (double) patience.longestPause().toMillis());
        return Duration.ofMillis(Math.round(bounded * random.nextDouble(0.75, 1)));
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}

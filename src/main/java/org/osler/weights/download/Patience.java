package org.osler.weights.download;

import java.time.Duration;

/**
 * How long to wait for a server, and how often to try again.
 *
 * @param connect the longest that making a connection may take
 * @param stall the longest that no byte may come
 * @param tries how often to try in a row without getting further, at least 1
 * @param firstTries the same while the server has never answered at all, so that a missing network is told soon
 * @param pause the wait before the second try; doubles from try to try
 * @param longestPause the wait never doubles beyond this
 * @param longestRetryAfter a server that asks to be left alone for longer is asked again after this
 */
public record Patience(
        Duration connect,
        Duration stall,
        int tries,
        int firstTries,
        Duration pause,
        Duration longestPause,
        Duration longestRetryAfter) {

    /** For a user who waits. */
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            6,
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2));

    /** The same with another time without bytes. */
    Patience withStall(Duration other) {
        return new Patience(connect, other, tries, firstTries, pause, longestPause, longestRetryAfter);
    }
}

package org.osler.train;

/**
 * Someone asked for the work to end before its time, for instance with Ctrl-C. Thrown by {@link Progress.Bar#step}, at a
 * moment when whoever works can put away what it has.
 */
public final class StoppedException extends RuntimeException {

    /** Says who or what asked. */
    public StoppedException(String message) {
        super(message);
    }
}

package org.osler.train;

/** Memory is too short for a step, whichever way it is taken. The message is for the user. */
public final class TooLargeBatchException extends RuntimeException {

    TooLargeBatchException(String message, Throwable cause) {
        super(message, cause);
    }
}

package org.osler;

/**
 * Wrong use or bad input: a file, an option or a value from outside that cannot be worked with.
 *
 * <p>The message is for the user, one or two lines: what is wrong, where, and what would be right. The command line
 * prints it without a stack trace and exits with 2. Anything that is not the user's to mend is another exception and
 * propagates.
 */
public final class InputException extends RuntimeException {

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}

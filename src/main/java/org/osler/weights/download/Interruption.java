package org.osler.weights.download;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A server did not answer, broke off or asked to come back later: what may go well at the next try. */
final class Interruption extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient URI address;
    private final boolean answered;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param address whose server it was
     * @param reason what happened, in a few words for the user
     * @param answered whether the server sent anything at all
     * @param retryAfter how long it asked to be left alone
     */
    Interruption(URI address, String reason, boolean answered, Optional<Duration> retryAfter, Throwable cause) {
        super(reason, cause);
        this.address = address;
        this.answered = answered;
        this.retryAfter = retryAfter;
    }

    /** A server that answered, but not to the end. */
    static Interruption brokenOff(URI address, String reason) {
        return new Interruption(address, reason, true, Optional.empty(), null);
    }

    URI address() {
        return address;
    }

    boolean answered() {
        return answered;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}

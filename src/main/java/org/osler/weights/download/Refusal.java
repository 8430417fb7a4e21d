package org.osler.weights.download;

import java.io.IOException;
import java.net.URI;

/** A server's final no: asking again would not help. Who knows what was asked for turns it into words. */
public final class Refusal extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient URI address;
    private final int status;
    private final String code;

    /**
     * @param address what was refused
     * @param status the HTTP status
     * @param code the hub's {@code X-Error-Code}; empty where there is none. Compare it, do not show it.
     */
    Refusal(URI address, int status, String code) {
        super("HTTP status " + status + " from " + address);
        this.address = address;
        this.status = status;
        this.code = code;
    }

    /** What was refused. */
    public URI address() {
        return address;
    }

    /** The HTTP status, e.g. 404. */
    public int status() {
        return status;
    }

    String code() {
        return code;
    }
}

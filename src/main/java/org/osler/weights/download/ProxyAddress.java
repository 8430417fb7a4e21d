package org.osler.weights.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.osler.InputException;

/**
 * A proxy as an environment variable names it.
 *
 * @param host its name or address
 * @param port its port
 * @param user name and password with a colon between them, as they are sent; empty: it asks for none
 */
record ProxyAddress(String host, int port, Optional<String> user) {

    private static final int DEFAULT_PORT = 80;

    /**
     * Reads {@code http://user:password@host:port}, of which only the host is needed.
     *
     * @throws InputException if it is none, or of a kind that Java's HTTP client cannot use
     */
    static ProxyAddress parse(String variable, String value) {
        URI uri;
        try {
            uri = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException e) {
            throw new InputException(message(variable), e);
        }
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new InputException(message(variable));
        }
        return new ProxyAddress(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                Optional.ofNullable(uri.getUserInfo()));
    }

    /** Without the value: it may hold a password. */
    private static String message(String variable) {
        return variable + " names no proxy that can be used; it should read http://HOST:PORT (no https, no SOCKS)";
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}

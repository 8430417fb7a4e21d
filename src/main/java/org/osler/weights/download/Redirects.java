package org.osler.weights.download;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.osler.InputException;

/** Where redirects may lead. */
final class Redirects {

    /** More than these in a row are a loop, or as bad. */
    static final int MOST = 5;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private Redirects() {}

    /**
     * Where an answer sends us.
     *
     * @throws InputException if that is no place to go: no address, no HTTP, or from https to http
     */
    static Optional<URI> target(Answer answer) {
        if (!STATUSES.contains(answer.status())) {
            return Optional.empty();
        }
        return Optional.of(resolve(answer.address(), answer.header("Location").orElse("")));
    }

    static URI resolve(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new InputException(origin(from) + " redirects to what is no address", e);
        }
        boolean http = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
        if (location.isEmpty() || !http || to.getHost() == null) {
            throw new InputException(origin(from) + " redirects to what is no address");
        }
        if ("https".equals(from.getScheme()) && "http".equals(to.getScheme())) {
            throw new InputException(
                    origin(from) + " redirects to " + origin(to) + ", which is not encrypted; not followed");
        }
        return to;
    }

    /** Whether a token meant for one address may be shown to the other: same scheme, host and port. */
    static boolean sameOrigin(URI one, URI other) {
        return origin(one).equalsIgnoreCase(origin(other));
    }

    static boolean sameHost(URI one, URI other) {
        return one.getHost().equalsIgnoreCase(other.getHost());
    }

    /** Scheme, host and port, e.g. {@code https://huggingface.co}: what to show of an address that may hold a signature. */
    static String origin(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port;
    }
}

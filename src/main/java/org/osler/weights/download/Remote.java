package org.osler.weights.download;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file on a server.
 *
 * @param name what to call it to people
 * @param address where to get it
 * @param token to show to that server, and to no other that it sends us to; empty: none
 * @param bytes its length; empty: not known
 * @param checksum what it must hash to; empty: not known, and then a download that broke off begins anew
 */
public record Remote(
        String name, URI address, Optional<String> token, OptionalLong bytes, Optional<Checksum> checksum) {

    /** Without the token. */
    @Override
    public String toString() {
        return name + " from " + address;
    }
}

package org.osler.weights.download;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.osler.InputException;

/**
 * What the hub states of a file. Its texts become names of files, so they are let through only if they are plain.
 *
 * @param commit the commit that the revision stands for, 40 hexadecimal digits
 * @param etag the name of the file's bytes: SHA-256 of large files, Git's SHA-1 of small ones, or something else
 * @param bytes its length; empty: not told
 */
record HubMetadata(String commit, String etag, OptionalLong bytes) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,127}");

    /**
     * Reads the headers of a {@code HEAD}'s answer.
     *
     * @throws InputException if they are not a hub's
     */
    static HubMetadata of(Answer answer) {
        String commit = answer.header("X-Repo-Commit").orElse("");
        boolean linked = answer.header("X-Linked-Etag").isPresent();
        String etag = answer.header(linked ? "X-Linked-Etag" : "ETag")
                .map(HubMetadata::unquoted)
                .orElse("");
        OptionalLong bytes = answer.number("X-Linked-Size");
        if (bytes.isEmpty() && answer.isSuccess()) {
            bytes = answer.number("Content-Length"); // of a redirect it would be that of its own text
        }
        if (!COMMIT.matcher(commit).matches() || !PLAIN.matcher(etag).matches()) {
            throw new InputException(Redirects.origin(answer.address())
                    + " does not answer as a Hugging Face hub does (no X-Repo-Commit or ETag); is HF_ENDPOINT right?");
        }
        return new HubMetadata(commit, etag, bytes);
    }

    private static String unquoted(String header) {
        String strong = header.startsWith("W/") ? header.substring(2) : header;
        boolean quoted = strong.length() >= 2 && strong.startsWith("\"") && strong.endsWith("\"");
        return quoted ? strong.substring(1, strong.length() - 1) : strong;
    }

    /** SHA-256 of its bytes, if that is what the hub names them by. */
    Optional<String> sha256() {
        return sha256(etag);
    }

    /** The same of the name of a file in the cache's {@code blobs}. */
    static Optional<String> sha256(String etag) {
        return SHA256.matcher(etag).matches() ? Optional.of(etag) : Optional.empty();
    }

    /** What its bytes must hash to, if the hub tells. */
    Optional<Checksum> checksum() {
        if (sha256().isPresent()) {
            return Optional.of(new Checksum(Checksum.Kind.SHA256, etag));
        }
        return SHA1.matcher(etag).matches()
                ? Optional.of(new Checksum(Checksum.Kind.GIT_BLOB, etag))
                : Optional.empty();
    }
}

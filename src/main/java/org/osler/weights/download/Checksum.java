package org.osler.weights.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.osler.weights.Hashes;

/**
 * What the bytes of a file must hash to.
 *
 * @param kind how the hash is made
 * @param hex lower-case hexadecimal digits
 */
public record Checksum(Kind kind, String hex) {

    /** How a hash is made. */
    public enum Kind {
        /** Of files in Git LFS, and in lock files. */
        SHA256("SHA-256", "SHA-256"),
        /** Of MedMNIST's files. */
        MD5("MD5", "MD5"),
        /** Git's name of a small file: SHA-1 of {@code blob <length>\0} and the bytes. */
        GIT_BLOB("SHA-1", "Git blob SHA-1");

        private final String algorithm;
        private final String title;

        Kind(String algorithm, String title) {
            this.algorithm = algorithm;
            this.title = title;
        }
    }

    /** Whether a file's bytes hash to this. */
    boolean holds(Path file) throws IOException {
        return of(file).equals(this);
    }

    /** The hash of a file, made in the same way. */
    Checksum of(Path file) throws IOException {
        MessageDigest digest = Hashes.digest(kind.algorithm);
        if (kind == Kind.GIT_BLOB) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        return new Checksum(kind, Hashes.of(file, digest));
    }

    /** E.g. {@code MD5 750601b1…}. */
    @Override
    public String toString() {
        return kind.title + " " + hex;
    }
}

package org.osler.weights.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the bytes of a file must hash to.
 *
 * @param kind how the hash is made
 * @param hex lower-case hexadecimal digits
 */
public record Checksum(Kind kind, String hex) {

    private static final int CHUNK = 1 << 20;

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
        MessageDigest digest = digest();
        if (kind == Kind.GIT_BLOB) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return new Checksum(kind, HexFormat.of().formatHex(digest.digest()));
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(kind.algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has " + kind.algorithm, e);
        }
    }

    /** E.g. {@code MD5 750601b1…}. */
    @Override
    public String toString() {
        return kind.title + " " + hex;
    }
}

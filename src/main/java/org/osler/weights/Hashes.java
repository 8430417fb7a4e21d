package org.osler.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of files, read in pieces, as lower-case hexadecimal. Reads the whole file each time: see {@link HashMemory}. */
public final class Hashes {

    private static final int CHUNK = 1 << 20;

    private Hashes() {}

    /** SHA-256, 64 digits. */
    public static String sha256(Path file) throws IOException {
        return of(file, "SHA-256");
    }

    /** MD5, 32 digits; to recognise files that are published with one, not to trust them. */
    public static String md5(Path file) throws IOException {
        return of(file, "MD5");
    }

    private static String of(Path file, String algorithm) throws IOException {
        return of(file, digest(algorithm));
    }

    /** The hash of what a digest was given before, and then the file. */
    public static String of(Path file, MessageDigest digest) throws IOException {
        return of(file, digest, ByteProgress.SILENT);
    }

    /** The same, and how far it is. */
    static String of(Path file, MessageDigest digest, ByteProgress progress) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file);
                ByteProgress.Bar bar = progress.begin("hashing", file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                bar.step(read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A digest that every JVM has, e.g. {@code SHA-256}. */
    public static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has " + algorithm, e);
        }
    }
}

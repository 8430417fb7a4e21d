package org.osler.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osler.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes of files, remembered in Osler's home so that a file of 12 GB is read for it once: a hash holds as long as the
 * file keeps its place, its length and its time of change.
 *
 * <p>Each hash is a small text file of its own ({@code hashes/…}), so that several runs can remember at once.
 */
public final class HashMemory {

    private static final Logger LOG = LoggerFactory.getLogger(HashMemory.class);

    /** A file changed this recently may change again without its time telling, where clocks tick coarsely. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Path folder;
    private final ByteProgress progress;

    public HashMemory(Home home) {
        this(home, ByteProgress.SILENT);
    }

    /**
     * @param progress hears how far a large file has been read
     */
    public HashMemory(Home home, ByteProgress progress) {
        this.folder = home.osler().resolve("hashes");
        this.progress = progress;
    }

    /** SHA-256, 64 digits. */
    public String sha256(Path file) throws IOException {
        return of(file, "SHA-256");
    }

    /** MD5, 32 digits. */
    public String md5(Path file) throws IOException {
        return of(file, "MD5");
    }

    private String of(Path file, String algorithm) throws IOException {
        Path real = file.toRealPath();
        var attributes = Files.readAttributes(real, BasicFileAttributes.class);
        String state = real + "\n" + attributes.size() + " bytes, changed "
                + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " ns\n";
        byte[] key = Hashes.digest("SHA-256").digest(real.toString().getBytes(StandardCharsets.UTF_8));
        Path note = folder.resolve(HexFormat.of().formatHex(key, 0, 16) + "." + algorithm);
        Optional<String> remembered =
                recall(note, state, 2 * Hashes.digest(algorithm).getDigestLength());
        if (remembered.isPresent()) {
            return remembered.get();
        }
        Instant now = Instant.now();
        String hash = Hashes.of(real, Hashes.digest(algorithm), progress);
        if (attributes.lastModifiedTime().toInstant().isBefore(now.minus(SETTLED))) {
            remember(note, state + hash + "\n");
        }
        return hash;
    }

    /** A note that was cut short or altered counts as none. */
    private static Optional<String> recall(Path note, String state, int digits) throws IOException {
        if (!Files.isRegularFile(note)) {
            return Optional.empty();
        }
        String text = Files.readString(note, StandardCharsets.ISO_8859_1); // takes any bytes
        byte[] expected = state.getBytes(StandardCharsets.UTF_8);
        Pattern form = Pattern.compile(
                Pattern.quote(new String(expected, StandardCharsets.ISO_8859_1)) + "([0-9a-f]{" + digits + "})\n");
        Matcher matcher = form.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static void remember(Path note, String text) {
        try {
            AtomicFile.write(note, text);
        } catch (IOException e) {
            LOG.warn("cannot remember a hash in {} ({}); the file will be read again next time", note, e.toString());
        }
    }
}

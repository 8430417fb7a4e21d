package org.osler.data.own;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.osler.AtomicFile;
import org.osler.data.ReadingProgress;
import org.osler.weights.Hashes;
import org.osler.weights.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hash of many files, remembered in Osler's home as long as all of them keep their places, lengths and times of change.
 */
final class ContentHash {

    private static final Logger LOG = LoggerFactory.getLogger(ContentHash.class);

    /** A file changed this recently may change again without its time telling, where clocks tick coarsely. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Path folder;
    private final String dataset;
    private final ReadingProgress progress;

    ContentHash(Home home, String dataset, ReadingProgress progress) {
        this.folder = home.osler().resolve("hashes");
        this.dataset = dataset;
        this.progress = progress;
    }

    /** SHA-256 of the SHA-256 of every file in order, 64 digits. */
    String of(List<Listing.Entry> entries) throws IOException {
        Instant settled = Instant.now().minus(SETTLED);
        MessageDigest state = Hashes.digest("SHA-256");
        boolean mayRemember = true;
        for (Listing.Entry entry : entries) {
            var attributes = Files.readAttributes(entry.file(), BasicFileAttributes.class);
            String line = entry.file().toAbsolutePath() + "\n" + attributes.size() + "\n"
                    + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "\n";
            state.update(line.getBytes(StandardCharsets.UTF_8));
            mayRemember &= attributes.lastModifiedTime().toInstant().isBefore(settled);
        }
        Path note = folder.resolve(HexFormat.of().formatHex(state.digest(), 0, 16) + ".images");
        if (Files.isRegularFile(note)) {
            return Files.readString(note).strip();
        }
        String hash = read(entries);
        if (mayRemember) {
            try {
                AtomicFile.write(note, hash + "\n");
            } catch (IOException e) {
                LOG.warn("cannot remember a hash in {} ({}); images will be read again next time", note, e.toString());
            }
        }
        return hash;
    }

    private String read(List<Listing.Entry> entries) {
        progress.begin(dataset + " · looking at images", entries.size());
        try {
            List<String> hashes = IntStream.range(0, entries.size())
                    .parallel()
                    .mapToObj(i -> hash(entries.get(i)))
                    .toList();
            MessageDigest all = Hashes.digest("SHA-256");
            hashes.forEach(hash -> all.update(hash.getBytes(StandardCharsets.US_ASCII)));
            return HexFormat.of().formatHex(all.digest());
        } finally {
            progress.end();
        }
    }

    private String hash(Listing.Entry entry) {
        try {
            String hash = Hashes.sha256(entry.file());
            progress.step();
            return hash;
        } catch (IOException e) {
            // Decoding names it.
            return "unreadable";
        }
    }
}

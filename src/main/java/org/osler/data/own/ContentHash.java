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
import java.util.regex.Pattern;
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

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String UNREADABLE = "unreadable";

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
        boolean mayRemember = true;
        for (Listing.Entry entry : entries) {
            mayRemember &= Files.getLastModifiedTime(entry.file()).toInstant().isBefore(settled);
        }
        Path note = folder.resolve(state(entries) + ".images");
        if (Files.isRegularFile(note)) {
            String remembered =
                    Files.readString(note, StandardCharsets.ISO_8859_1).strip();
            if (HASH.matcher(remembered).matches()) {
                return remembered;
            }
        }
        List<String> hashes = read(entries);
        MessageDigest all = Hashes.digest("SHA-256");
        hashes.forEach(each -> all.update(each.getBytes(StandardCharsets.US_ASCII)));
        String hash = HexFormat.of().formatHex(all.digest());
        // What cannot be read now may be another time, without a change that its time would tell.
        if (mayRemember && !hashes.contains(UNREADABLE)) {
            try {
                AtomicFile.write(note, hash + "\n");
            } catch (IOException e) {
                LOG.warn("cannot remember a hash in {} ({}); images will be read again next time", note, e.toString());
            }
        }
        return hash;
    }

    /** Places, lengths and times of change of files, in 32 digits. */
    static String state(List<Listing.Entry> entries) throws IOException {
        MessageDigest state = Hashes.digest("SHA-256");
        for (Listing.Entry entry : entries) {
            var attributes = Files.readAttributes(entry.file(), BasicFileAttributes.class);
            String line = entry.file().toAbsolutePath() + "\n" + attributes.size() + "\n"
                    + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "\n";
            state.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(state.digest(), 0, 16);
    }

    private List<String> read(List<Listing.Entry> entries) {
        progress.begin(dataset + " · looking at images", entries.size());
        try {
            return IntStream.range(0, entries.size())
                    .parallel()
                    .mapToObj(i -> hash(entries.get(i)))
                    .toList();
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
            return UNREADABLE;
        }
    }
}

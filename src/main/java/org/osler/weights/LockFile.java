package org.osler.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.ProcessLock;

/**
 * Which revision of which hub file was fetched, and what it hashes to: {@code osler.lock.json}. Who has this file gets
 * the same bytes again, on another machine and after the repository has changed.
 */
public final class LockFile {

    /** Its name in Osler's home. */
    public static final String NAME = "osler.lock.json";

    private static final int VERSION = 1;
    private static final long LARGEST = 1 << 24;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Path guard;

    /**
     * A lock file at a place of the user's.
     *
     * @param file need not exist yet
     * @param home where processes that write lock files at once wait for each other
     */
    public LockFile(Path file, Home home) {
        this.file = file;
        this.guard = home.locks().resolve(NAME + ".lock");
    }

    /** The one in Osler's home. */
    public static LockFile of(Home home) {
        return new LockFile(home.osler().resolve(NAME), home);
    }

    /**
     * One fetched file.
     *
     * @param file what was fetched
     * @param revision the commit, 40 hexadecimal digits
     * @param sha256 hash of its bytes, 64 hexadecimal digits
     * @param bytes its length
     */
    public record Entry(HubFile file, String revision, String sha256, long bytes) {

        public Entry {
            if (!isCommit(revision) || !SHA256.matcher(sha256).matches() || bytes < 0) {
                throw new IllegalArgumentException(
                        "revision " + revision + ", sha256 " + sha256 + ", bytes " + bytes + " of " + file);
            }
        }
    }

    /** Whether a text can be a commit's name: 40 hexadecimal digits. */
    public static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** Where it lies. */
    public Path file() {
        return file;
    }

    /**
     * What the lock file says of a hub file.
     *
     * @throws InputException if the lock file cannot be understood
     */
    public Optional<Entry> find(HubFile wanted) throws IOException {
        return Optional.ofNullable(read().get(wanted));
    }

    /** Adds an entry or replaces that of the same hub file; others, of other processes too, stay. */
    public void put(Entry entry) throws IOException {
        try (var held = ProcessLock.acquire(guard)) {
            Map<HubFile, Entry> entries = read();
            if (!entry.equals(entries.put(entry.file(), entry))) {
                write(entries);
            }
        }
    }

    /**
     * Makes sure that a file from the Hugging Face cache is the one that was recorded; says nothing of files that are
     * not.
     *
     * @throws InputException if it is another; shows both hashes
     */
    public void require(HubFile source, String sha256) throws IOException {
        Optional<Entry> entry = find(source);
        if (entry.isPresent() && !entry.get().sha256().equals(sha256)) {
            throw new InputException(
                    "%s of %s has SHA-256 %s, but %s asks for %s%n'osler fetch models --update' takes the newest revision and records it."
                            .formatted(
                                    source.file(),
                                    source.repository(),
                                    sha256,
                                    file,
                                    entry.get().sha256()));
        }
    }

    /**
     * The same for the lock file in Osler's home and a file that was found unasked; files outside the Hugging Face cache
     * are the user's own, and any will do.
     *
     * @param source where the file's encoder is published; empty: nowhere
     * @throws InputException if the file is not the one that was recorded
     */
    public static void requireFound(Home home, Optional<HubFile> source, Path file, String sha256) throws IOException {
        if (source.isPresent() && file.startsWith(home.huggingFaceHub())) {
            of(home).require(source.get(), sha256);
        }
    }

    private Map<HubFile, Entry> read() throws IOException {
        Map<HubFile, Entry> entries =
                new TreeMap<>(Comparator.comparing(HubFile::repository).thenComparing(HubFile::file));
        if (!Files.exists(file)) {
            return entries;
        }
        if (Files.size(file) > LARGEST) {
            throw damaged("it is larger than 16 MiB", null);
        }
        try {
            JsonNode root = JSON.readTree(Files.readString(file));
            if (root.path("version").asInt() != VERSION || !root.path("files").isArray()) {
                throw damaged("it should have version " + VERSION + " and a list of files", null);
            }
            for (JsonNode node : root.get("files")) {
                Entry entry = new Entry(
                        new HubFile(text(node, "repository"), text(node, "file")),
                        text(node, "revision"),
                        text(node, "sha256"),
                        node.path("bytes").asLong(-1));
                entries.put(entry.file(), entry);
            }
        } catch (CharacterCodingException e) {
            throw damaged("it is no text in UTF-8", e);
        } catch (JsonProcessingException e) {
            throw damaged("it is no JSON", e);
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage(), e);
        }
        return entries;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText();
    }

    private InputException damaged(String reason, Exception cause) {
        return new InputException(
                file + " is not a lock file of Osler: " + reason + "\nmend it, or delete it to start a new one.",
                cause);
    }

    private void write(Map<HubFile, Entry> entries) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        ArrayNode files = root.putArray("files");
        for (Entry entry : entries.values()) {
            files.addObject()
                    .put("repository", entry.file().repository())
                    .put("file", entry.file().file())
                    .put("revision", entry.revision())
                    .put("sha256", entry.sha256())
                    .put("bytes", entry.bytes());
        }
        AtomicFile.write(file, root.toPrettyString() + "\n");
    }
}

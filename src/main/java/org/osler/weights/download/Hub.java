package org.osler.weights.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.osler.InputException;
import org.osler.weights.HashMemory;
import org.osler.weights.Home;
import org.osler.weights.HubFile;
import org.osler.weights.LockFile;
import org.osler.weights.WeightFiles;

/** Gets files from the Hugging Face hub into its cache on this machine, and keeps the lock file. */
public final class Hub {

    private static final String MAIN = "main";

    private final NetworkSettings settings;
    private final Home home;
    private final Downloader downloader;
    private final LockFile locked;
    private final HashMemory hashes;

    /**
     * @param downloader shared by everything that one command fetches
     * @param locked which revisions to get, and where to note those that were got
     */
    public Hub(NetworkSettings settings, Home home, Downloader downloader, LockFile locked) {
        this.settings = settings;
        this.home = home;
        this.downloader = downloader;
        this.locked = locked;
        this.hashes = new HashMemory(home);
    }

    /**
     * Gets a file in the revision that the lock file asks for, else in the one at hand, else in the newest; and notes it
     * in the lock file. What is at hand costs no request.
     *
     * @throws InputException if it cannot be had, or is not what the lock file asks for; says what to do
     */
    public Fetched fetch(HubFile file, DownloadProgress progress) throws IOException {
        Optional<LockFile.Entry> entry = locked.find(file);
        Optional<Path> present = present(file, entry);
        if (present.isPresent()) {
            return atHand(file, present.get());
        }
        return get(file, entry.map(LockFile.Entry::revision).orElse(MAIN), entry, progress);
    }

    /** Gets the newest revision of a file, whatever the lock file says, and notes that. */
    public Fetched update(HubFile file, DownloadProgress progress) throws IOException {
        return get(file, MAIN, Optional.empty(), progress);
    }

    /**
     * The length of a file that {@link #fetch} would get; asks the hub.
     *
     * @return empty if the hub does not tell
     */
    public OptionalLong length(HubFile file) throws IOException {
        String revision = locked.find(file).map(LockFile.Entry::revision).orElse(MAIN);
        return ask(file, revision, DownloadProgress.SILENT).bytes();
    }

    /** The file in the cache that {@link #fetch} would be content with. */
    public Optional<Path> present(HubFile file) throws IOException {
        return present(file, locked.find(file));
    }

    private Optional<Path> present(HubFile file, Optional<LockFile.Entry> entry) throws IOException {
        return WeightFiles.inHub(home, file, entry.map(LockFile.Entry::revision));
    }

    private Fetched atHand(HubFile file, Path path) throws IOException {
        String sha256 = hashes.sha256(path);
        requireIntact(path, HubMetadata.sha256(path.toRealPath().getFileName().toString()), sha256);
        locked.require(file, sha256);
        var cache = new HubCache(home, file.repository());
        Optional<String> commit = cache.commit(path).filter(LockFile::isCommit);
        if (commit.isPresent()) {
            note(file, commit.get(), sha256, path);
        }
        return new Fetched(path, Files.size(path), false);
    }

    /** Who wrote the file into the cache may not have looked at its hash. */
    private static void requireIntact(Path file, Optional<String> stated, String sha256) {
        if (stated.isPresent() && !stated.get().equals(sha256)) {
            throw new InputException(
                    "%s is damaged: it has SHA-256 %s, and its name says %s; delete it, and fetch it again"
                            .formatted(file, sha256, stated.get()));
        }
    }

    private Fetched get(HubFile file, String revision, Optional<LockFile.Entry> entry, DownloadProgress progress)
            throws IOException {
        HubMetadata metadata = ask(file, revision, progress);
        var cache = new HubCache(home, file.repository());
        if (entry.isPresent() && metadata.sha256().isPresent()) {
            locked.require(file, metadata.sha256().get()); // before 12 GB of the wrong bytes are fetched
        }
        Path snapshot = cache.snapshot(metadata.commit(), file.file());
        Fetched blob = Files.isRegularFile(snapshot)
                ? new Fetched(snapshot, Files.size(snapshot), false)
                : download(file, metadata, cache, progress);
        // A hash that is the blob's name was checked on the way.
        String sha256 = blob.fresh() && metadata.sha256().isPresent()
                ? metadata.sha256().get()
                : hashes.sha256(blob.path());
        requireIntact(blob.path(), metadata.sha256(), sha256);
        if (entry.isPresent()) {
            locked.require(file, sha256);
        }
        Path path = cache.link(metadata, file.file());
        if (revision.equals(MAIN) || !cache.knowsMain()) {
            cache.main(metadata.commit()); // Python programs look there first, and find nothing without
        }
        note(file, metadata.commit(), sha256, path);
        return new Fetched(path, blob.bytes(), blob.fresh());
    }

    private Fetched download(HubFile file, HubMetadata metadata, HubCache cache, DownloadProgress progress)
            throws IOException {
        Remote remote = new Remote(
                file.repository() + "/" + file.file(),
                address(file, metadata.commit()),
                settings.token().value(),
                metadata.bytes(),
                metadata.checksum());
        try {
            return downloader.fetch(remote, cache.blob(metadata.etag()), cache.lock(metadata.etag()), progress);
        } catch (Refusal e) {
            throw refused(file, e);
        }
    }

    private HubMetadata ask(HubFile file, String revision, DownloadProgress progress) throws IOException {
        URI address = address(file, revision);
        // A renamed repository redirects within the hub. Elsewhere lie only the bytes; what is said of them is said
        // here.
        try (Answer answer =
                downloader.head(file.repository(), address, settings.token().value(), Redirects::sameHost, progress)) {
            HubMetadata metadata = HubMetadata.of(answer);
            if (!revision.equals(MAIN) && !metadata.commit().equals(revision)) {
                throw new InputException("%s gives revision %s of %s where %s was asked for"
                        .formatted(Redirects.origin(address), metadata.commit(), file.repository(), revision));
            }
            return metadata;
        } catch (Refusal e) {
            throw refused(file, e);
        }
    }

    private URI address(HubFile file, String revision) {
        return URI.create(settings.hub() + "/" + file.repository() + "/resolve/" + revision + "/" + file.file());
    }

    private InputException refused(HubFile file, Refusal refusal) throws IOException {
        String page = settings.hub() + "/" + file.repository();
        String message = switch (refusal.status()) {
            case 401, 403 -> closed(file, refusal, page);
            case 404 ->
                refusal.code().equals("EntryNotFound")
                        ? "%s has no file %s (404); look at %s".formatted(file.repository(), file.file(), page)
                        : "there is no %s in %s, or no such repository (404); look at %s"
                                .formatted(file.file(), file.repository(), page);
            default ->
                "%s answers with status %d to the request for %s of %s"
                        .formatted(
                                Redirects.origin(refusal.address()), refusal.status(), file.file(), file.repository());
        };
        return new InputException(message, refusal);
    }

    private String closed(HubFile file, Refusal refusal, String page) throws IOException {
        boolean known = settings.token().value().isPresent();
        // The hub says 401, too, of a repository that there is not.
        return "%s is not open to %s (%d), or not there. If it is gated, accept its licence on %s%s"
                .formatted(
                        file.repository(),
                        known ? "the owner of your token" : "everyone",
                        refusal.status(),
                        page,
                        known
                                ? ", and see that the token may read it."
                                : " and set HF_TOKEN to a token of yours (https://huggingface.co/settings/tokens).");
    }

    private void note(HubFile file, String commit, String sha256, Path path) throws IOException {
        locked.put(new LockFile.Entry(file, commit, sha256, Files.size(path)));
    }
}

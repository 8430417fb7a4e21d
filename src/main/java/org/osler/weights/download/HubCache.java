package org.osler.weights.download;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.AtomicFile;
import org.osler.weights.Home;
import org.osler.weights.HubFile;

/**
 * One repository's folder in the Hugging Face cache, laid out as the Python package {@code huggingface_hub} does, so
 * that each finds what the other fetched: {@code blobs/<etag>} holds the bytes, {@code snapshots/<commit>/<file>} links to
 * them, {@code refs/main} names the commit that was newest when someone last asked.
 */
final class HubCache {

    private final Path folder;
    private final Path locks;

    HubCache(Home home, String repository) {
        String name = HubFile.folder(repository);
        this.folder = home.huggingFaceHub().resolve(name);
        this.locks = home.huggingFaceHub().resolve(".locks").resolve(name);
    }

    /** Where a file's bytes lie. */
    Path blob(String etag) {
        return folder.resolve("blobs").resolve(etag);
    }

    /** Where programs that fetch it wait for each other. */
    Path lock(String etag) {
        return locks.resolve(etag + ".lock");
    }

    /** Where a file of a commit is found. */
    Path snapshot(String commit, String file) {
        return folder.resolve("snapshots").resolve(commit).resolve(file);
    }

    /** The commit that a path from {@link #snapshot} belongs to; empty if it is none. */
    Optional<String> commit(Path path) {
        Path snapshots = folder.resolve("snapshots");
        return path.startsWith(snapshots)
                ? Optional.of(snapshots.relativize(path).getName(0).toString())
                : Optional.empty();
    }

    /** Makes links; a test's may fail, as Windows does without the right to make any. */
    @FunctionalInterface
    interface Linking {
        void link(Path link, Path to) throws IOException;
    }

    /** Makes a commit's file lead to its bytes. */
    Path link(HubMetadata metadata, String file) throws IOException {
        return linkOrMove(metadata, file, Files::createSymbolicLink);
    }

    /** The same; where no link can be made, the file itself goes there, as huggingface_hub does it. */
    Path linkOrMove(HubMetadata metadata, String file, Linking linking) throws IOException {
        Path snapshot = snapshot(metadata.commit(), file);
        if (Files.exists(snapshot)) {
            return snapshot;
        }
        Files.createDirectories(snapshot.getParent());
        Files.deleteIfExists(snapshot); // a link that leads nowhere
        Path blob = blob(metadata.etag());
        try {
            linking.link(snapshot, snapshot.getParent().relativize(blob));
        } catch (FileAlreadyExistsException e) {
            return snapshot; // another process was quicker
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Windows without the right to make links says no more than FileSystemException.
            moveInstead(blob, snapshot, e);
        }
        return snapshot;
    }

    private static void moveInstead(Path blob, Path snapshot, Exception whyNoLink) throws IOException {
        try {
            Files.move(blob, snapshot);
        } catch (IOException e) {
            e.addSuppressed(whyNoLink);
            throw e;
        }
    }

    /** The commit that {@code main} was last seen at, if any. */
    boolean knowsMain() {
        return Files.isRegularFile(main());
    }

    /** Notes the commit that {@code main} stands for. */
    void main(String commit) throws IOException {
        if (!knowsMain() || !Files.readString(main()).equals(commit)) {
            AtomicFile.write(main(), commit);
        }
    }

    private Path main() {
        return folder.resolve("refs").resolve("main");
    }
}

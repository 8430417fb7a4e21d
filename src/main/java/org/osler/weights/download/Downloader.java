package org.osler.weights.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;
import org.osler.InputException;
import org.osler.ProcessLock;

/**
 * Gets files over HTTP. A download that breaks off goes on where it stopped, in this call, and in the next one if this
 * one gives up; a file appears under its name only whole and checked. Not for several threads at once.
 */
public final class Downloader {

    /** What is added to the name of a file that is not complete, as the Hugging Face cache has it. */
    private static final String PARTIAL = ".incomplete";

    private final NetworkSettings settings;
    private final Retries retries;
    private Web web;

    /** Nothing is sent before something is asked for. */
    public Downloader(NetworkSettings settings) {
        this.settings = settings;
        this.retries = new Retries(settings.patience());
    }

    /**
     * Gets a file, unless it is there.
     *
     * @param target where it is to lie; its folder is made
     * @param lock a file on which processes that want the same file wait for each other
     * @throws InputException if the network is forbidden or cannot be reached, the server gives up, the bytes are wrong
     *     twice, or the disk has no room; two lines at most
     * @throws Refusal if the server will not give it
     */
    public Fetched fetch(Remote remote, Path target, Path lock, DownloadProgress progress) throws IOException {
        requireNetwork();
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (DownloadProgress.Bar bar = progress.begin(remote.name(), remote.bytes());
                ProcessLock held = ProcessLock.acquire(
                        lock, () -> bar.note("another program is fetching " + remote.name() + "; waiting for it"))) {
            if (Files.isRegularFile(target)) {
                return new Fetched(target, Files.size(target), false);
            }
            Path partial = target.resolveSibling(target.getFileName() + PARTIAL);
            if (remote.checksum().isEmpty()) {
                Files.deleteIfExists(partial); // nothing would tell whether the rest fits
            }
            receive(remote, partial, bar);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return new Fetched(target, Files.size(target), true);
        }
    }

    private void receive(Remote remote, Path partial, DownloadProgress.Bar bar) throws IOException {
        transfer(remote, partial, bar);
        if (remote.checksum().isEmpty() || remote.checksum().get().holds(partial)) {
            return;
        }
        // Perhaps it was the part from an earlier run, or a bit that fell over on the way.
        bar.note("the bytes of " + remote.name() + " are not the published ones; fetching them anew");
        Files.delete(partial);
        transfer(remote, partial, bar);
        Checksum wanted = remote.checksum().get();
        Checksum found = wanted.of(partial);
        if (!found.equals(wanted)) {
            Files.delete(partial);
            throw new InputException("%s: the bytes from %s have %s, twice, where %s is published; nothing is kept"
                    .formatted(remote.name(), Redirects.origin(remote.address()), found, wanted.hex()));
        }
    }

    private void transfer(Remote remote, Path partial, DownloadProgress.Bar bar) throws IOException {
        var transfer = new Transfer(web(), remote, partial, settings.patience().stall(), bar);
        retries.run(remote.address(), transfer::attempt, transfer::reached, bar);
    }

    /**
     * Asks for a file's length.
     *
     * @param name what to call it to people
     * @return empty if the server does not tell
     * @throws InputException if the network is forbidden or the server cannot be reached
     * @throws Refusal if the server will not say
     */
    public OptionalLong length(String name, URI address) throws IOException {
        try (Answer answer = head(name, address, Optional.empty(), (from, to) -> true, DownloadProgress.SILENT)) {
            return answer.number("Content-Length");
        }
    }

    /** The answer to a {@code HEAD}: a success, or a redirect that was not to be followed. */
    Answer head(
            String name, URI address, Optional<String> token, BiPredicate<URI, URI> follow, DownloadProgress progress)
            throws IOException {
        requireNetwork();
        try (DownloadProgress.Bar bar = progress.begin(name, OptionalLong.empty())) {
            return retries.run(
                    address,
                    () -> {
                        Answer answer = web().ask("HEAD", address, token, Map.of(), follow);
                        if (answer.isSuccess() || Redirects.target(answer).isPresent()) {
                            return answer;
                        }
                        throw answer.fault();
                    },
                    () -> 0,
                    bar);
        }
    }

    /** One message for all files, so that it can be said once. */
    private void requireNetwork() {
        if (settings.offline().isPresent()) {
            throw new InputException(
                    settings.offline().get() + " forbids the network: what is not at hand stays missing");
        }
    }

    private Web web() {
        if (web == null) {
            web = new Web(settings.patience(), settings.proxies());
        }
        return web;
    }
}

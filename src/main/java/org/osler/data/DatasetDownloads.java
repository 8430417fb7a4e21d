package org.osler.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.osler.InputException;
import org.osler.weights.Home;
import org.osler.weights.download.Checksum;
import org.osler.weights.download.DownloadProgress;
import org.osler.weights.download.Downloader;
import org.osler.weights.download.Fetched;
import org.osler.weights.download.NetworkSettings;
import org.osler.weights.download.Refusal;
import org.osler.weights.download.Remote;

/** Gets the official files of the catalog's datasets into {@code datasets} in Osler's home, checked against their MD5. */
public final class DatasetDownloads {

    private final NetworkSettings settings;
    private final Home home;
    private final Downloader downloader;

    /**
     * @param downloader shared by everything that one command fetches
     */
    public DatasetDownloads(NetworkSettings settings, Home home, Downloader downloader) {
        this.settings = settings;
        this.home = home;
        this.downloader = downloader;
    }

    /**
     * Gets an official file. One that is there already is taken as it is; it is checked when it is opened.
     *
     * @param size one of the card's
     * @throws InputException if it cannot be had; says why
     */
    public Fetched fetch(DatasetCard card, int size, DownloadProgress progress) throws IOException {
        String name = card.fileName(size);
        DatasetFile file = card.files().get(size);
        Remote remote = new Remote(
                name,
                address(card, size),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(new Checksum(Checksum.Kind.MD5, file.md5())));
        Path target = home.datasets().resolve(name);
        try {
            return downloader.fetch(remote, target, home.locks().resolve(name + ".lock"), progress);
        } catch (Refusal e) {
            throw refused(name, e);
        }
    }

    /** Its length in bytes, for which its server is asked; empty if that does not tell. */
    public OptionalLong length(DatasetCard card, int size) throws IOException {
        try {
            return downloader.length(card.fileName(size), address(card, size));
        } catch (Refusal e) {
            throw refused(card.fileName(size), e);
        }
    }

    /** Where an official file is to be had: its published address, or the user's mirror. */
    public URI address(DatasetCard card, int size) {
        return settings.medmnist()
                .map(mirror -> URI.create(mirror + "/" + card.fileName(size)))
                .orElseGet(() -> URI.create(card.files().get(size).url()));
    }

    private static InputException refused(String name, Refusal refusal) {
        return new InputException(
                "%s: status %d from %s; is OSLER_MEDMNIST_ENDPOINT set, and right? Its official place may also have moved."
                        .formatted(name, refusal.status(), refusal.address()),
                refusal);
    }
}

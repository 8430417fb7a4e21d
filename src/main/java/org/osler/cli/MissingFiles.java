package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osler.data.DatasetDownloads;
import org.osler.data.DatasetFiles;
import org.osler.study.Needs;
import org.osler.weights.Home;
import org.osler.weights.LockFile;
import org.osler.weights.download.Downloader;
import org.osler.weights.download.Hub;
import org.osler.weights.download.NetworkSettings;

/** Fetches what a command lacks before it begins, if the network may be used. */
final class MissingFiles {

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;
    private final Optional<Path> dataDir;

    /**
     * @param dataDir the folder where the user keeps datasets
     */
    MissingFiles(Terminal terminal, Home home, NetworkSettings network, Optional<Path> dataDir) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
        this.dataDir = dataDir;
    }

    /**
     * Fetches all of it. Without network nothing is fetched and nothing said: who opens the files says what is missing.
     *
     * @throws org.osler.InputException if something cannot be had
     */
    void fetch(Needs needs) throws IOException {
        Needs fetchable = fetchable(needs);
        if (!fetchable.isEmpty()) {
            new Fetching(terminal).require(items(fetchable));
        }
    }

    /** What of it {@link #fetch} would try to get: all or nothing. */
    Needs fetchable(Needs needs) {
        return !offline() ? needs : new Needs(List.of(), List.of());
    }

    /** Whether nothing may be fetched. */
    boolean offline() {
        return network.offline().isPresent();
    }

    /** What is lacking, one by one. */
    List<FetchItem> items(Needs needs) {
        Downloader downloader = new Downloader(network);
        Hub hub = new Hub(network, home, downloader, LockFile.of(home));
        DatasetDownloads downloads = new DatasetDownloads(network, home, downloader);
        DatasetFiles files = DatasetFiles.of(home, dataDir);
        List<FetchItem> items = new ArrayList<>();
        needs.weights().forEach(card -> items.add(new WeightsItem(card, home, hub, false)));
        needs.datasets().forEach(file -> items.add(new DatasetItem(file.card(), file.size(), files, downloads)));
        return items;
    }
}

package org.osler.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.osler.weights.Home;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Option;

/** Where files are looked for, and whether what is missing may be fetched. */
final class PlaceOptions {

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder with MedMNIST's files.")
    private Path dataDir;

    @Option(names = "--offline", description = "Use no network: name what is missing instead of fetching it.")
    private boolean offline;

    /** The folder with MedMNIST's files, if one was said. */
    Optional<Path> dataDir() {
        return Optional.ofNullable(dataDir);
    }

    /** What fetches missing files. */
    MissingFiles missing(Terminal terminal, Home home, NetworkSettings network) {
        return new MissingFiles(terminal, home, offline ? network.forbidden("--offline") : network, dataDir());
    }
}

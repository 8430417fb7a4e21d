package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.InputException;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetDownloads;
import org.osler.data.DatasetFiles;
import org.osler.study.Nearest;
import org.osler.weights.Home;
import org.osler.weights.download.Downloader;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gets MedMNIST's files. */
@Command(
        name = "datasets",
        header = "Get MedMNIST's files from Zenodo.",
        description = {
            "",
            "They go into $OSLER_HOME/datasets (OSLER_HOME is ~/.cache/osler unless set), checked against their published"
                    + " MD5. At 224 pixels the twelve are large: --plan shows how large.",
            "",
            "Heeds OSLER_MEDMNIST_ENDPOINT (a mirror), OSLER_OFFLINE, HF_HUB_OFFLINE, HTTPS_PROXY and NO_PROXY."
        },
        footer = {
            "  osler fetch datasets breastmnist retinamnist",
            "  osler fetch datasets breastmnist --size 28 64",
            "  osler fetch datasets all --plan"
        })
final class FetchDatasetsCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Datasets of 'osler datasets'; or 'all'.")
    private List<String> names = List.of();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            arity = "1..*",
            defaultValue = "224",
            description = "Image sizes: 28, 64, 128 or 224 (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--data", paramLabel = "DIR", description = "A folder that may hold some of them already.")
    private Path dataDir;

    @Option(names = "--plan", description = "Only show what would be fetched.")
    private boolean planOnly;

    FetchDatasetsCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        DatasetFiles files = DatasetFiles.of(home, Optional.ofNullable(dataDir));
        DatasetDownloads downloads = new DatasetDownloads(network, home, new Downloader(network));
        List<DatasetItem> items = new ArrayList<>();
        for (DatasetCard card : cards()) {
            for (int size : sizes) {
                if (!card.files().containsKey(size)) {
                    throw new InputException("--size %d: %s has %s"
                            .formatted(size, card.name(), card.files().keySet()));
                }
                items.add(new DatasetItem(card, size, files, downloads));
            }
        }
        Fetching fetching = new Fetching(terminal);
        return planOnly ? fetching.plan(items) : fetching.fetch(items);
    }

    private List<DatasetCard> cards() {
        if (names.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "name datasets, e.g. 'osler fetch datasets breastmnist', or say 'all'; 'osler datasets' lists them");
        }
        if (names.contains("all")) {
            return DatasetCatalog.cards();
        }
        return names.stream().map(FetchDatasetsCommand::card).distinct().toList();
    }

    private static DatasetCard card(String name) {
        return DatasetCatalog.find(name)
                .orElseThrow(() -> new InputException("no such dataset: " + name + "; "
                        + Nearest.hint(
                                name,
                                DatasetCatalog.cards().stream()
                                        .map(DatasetCard::name)
                                        .toList())));
    }
}

package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.study.Nearest;
import org.osler.weights.Home;
import org.osler.weights.LockFile;
import org.osler.weights.download.Downloader;
import org.osler.weights.download.Hub;
import org.osler.weights.download.NetworkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gets encoders' weights. */
@Command(
        name = "models",
        header = "Get encoders' weights from the Hugging Face hub.",
        description = {
            "",
            "They go into the Hugging Face cache ($HF_HOME, ~/.cache/huggingface unless set), where timm finds them, too."
                    + " Each file's revision and SHA-256 are recorded in a lock file; what that asks for is what is"
                    + " fetched the next time, or on another machine.",
            "",
            "Heeds HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE, OSLER_OFFLINE, HTTPS_PROXY and NO_PROXY."
        },
        footer = {
            "  osler fetch models resnet18 vit_tiny_patch16_224",
            "  osler fetch models all --plan                     how much would that be?",
            "  osler fetch models all --lock osler.lock.json     the very files that a colleague has"
        })
final class FetchModelsCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;
    private final NetworkSettings network;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Encoders or architectures of 'osler models'; or 'all'.")
    private List<String> names = List.of();

    @Option(
            names = "--lock",
            paramLabel = "FILE",
            description = "The lock file to heed and to write (default: osler.lock.json in $OSLER_HOME).")
    private Path lock;

    @Option(names = "--update", description = "Get the newest revision, whatever the lock file says, and record that.")
    private boolean update;

    @Option(names = "--plan", description = "Only show what would be fetched.")
    private boolean planOnly;

    FetchModelsCommand(Terminal terminal, Home home, NetworkSettings network) {
        this.terminal = terminal;
        this.home = home;
        this.network = network;
    }

    @Override
    public Integer call() throws IOException {
        LockFile lockFile = lock == null ? LockFile.of(home) : new LockFile(lock, home);
        Hub hub = new Hub(network, home, new Downloader(network), lockFile);
        List<WeightsItem> items = cards().stream()
                .map(card -> new WeightsItem(card, home, hub, update))
                .toList();
        Fetching fetching = new Fetching(terminal);
        return planOnly ? fetching.plan(items) : fetching.fetch(items);
    }

    private List<EncoderCard> cards() {
        if (names.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "name encoders, e.g. 'osler fetch models resnet18', or say 'all'; 'osler models' lists them");
        }
        if (names.contains("all")) {
            return published();
        }
        return names.stream().map(FetchModelsCommand::card).distinct().toList();
    }

    private List<EncoderCard> published() {
        Map<Boolean, List<EncoderCard>> cards = EncoderCatalog.cards().stream()
                .collect(Collectors.partitioningBy(card -> card.source().isPresent()));
        if (!cards.get(false).isEmpty()) {
            terminal.err()
                    .println("not published as safetensors, so not fetched: "
                            + cards.get(false).stream().map(EncoderCard::id).collect(Collectors.joining(", ")));
        }
        return cards.get(true);
    }

    private static EncoderCard card(String name) {
        EncoderCard card = EncoderCatalog.find(name)
                .orElseThrow(
                        () -> new InputException("no such encoder: " + name + "; " + Nearest.hint(name, knownNames())));
        if (card.source().isEmpty()) {
            throw new InputException(card.id() + ": nobody publishes its weights as safetensors; convert them outside"
                    + " (docs/encoders.md), and name that file with --set weights." + card.id() + "=FILE");
        }
        return card;
    }

    private static List<String> knownNames() {
        return EncoderCatalog.cards().stream()
                .flatMap(card -> Stream.of(card.architecture().name(), card.id()))
                .distinct()
                .toList();
    }
}

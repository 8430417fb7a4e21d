package org.osler.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.data.Split;
import org.osler.weights.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the datasets of the catalog. */
@Command(
        name = "datasets",
        header = "List the MedMNIST datasets, and which image sizes are at hand.",
        description = {
            "",
            "The official files are looked for in the folder given with --data, then in $OSLER_HOME/datasets (OSLER_HOME"
                    + " is ~/.cache/osler unless set), then in ~/.medmnist, where the MedMNIST Python package keeps them.",
            "",
            "A study can name any other .npz file of the same layout, too, and images of your own: a folder of class"
                    + " folders, or a .csv manifest (docs/data.md)."
        },
        footer = {
            "  osler datasets",
            "  osler datasets --data /data/medmnist",
            "  osler datasets --json | jq -r '.[].files[] | select(.size == 28 and .path == null) | .url'"
        })
final class DatasetsCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final Home home;

    @Option(names = "--json", description = "Print a JSON list, with addresses and MD5 sums, instead of a table.")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR", description = "A folder to look into first.")
    private Path dataDir;

    DatasetsCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() {
        DatasetFiles files = DatasetFiles.of(home, Optional.ofNullable(dataDir));
        if (json) {
            printJson(files);
        } else {
            printTable(files);
        }
        return ExitCode.DONE;
    }

    private void printTable(DatasetFiles files) {
        TextTable table = new TextTable()
                .text("Dataset")
                .text("Task")
                .number("Classes")
                .text("Colour")
                .number("Train")
                .number("Val")
                .number("Test")
                .text("Licence")
                .text("Sizes at hand");
        for (DatasetCard card : DatasetCatalog.cards()) {
            List<String> sizes = card.files().keySet().stream()
                    .filter(size -> files.atHand(card, size).isPresent())
                    .map(String::valueOf)
                    .toList();
            table.row(
                    card.name(),
                    card.task().id(),
                    card.labelNames().size(),
                    card.channels() == 1 ? "grey" : "RGB",
                    card.samples().get(Split.TRAIN),
                    card.samples().get(Split.VAL),
                    card.samples().get(Split.TEST),
                    card.license(),
                    sizes.isEmpty() ? "–" : String.join(", ", sizes));
        }
        table.print(terminal);
    }

    private void printJson(DatasetFiles files) {
        ArrayNode list = new JsonMapper().createArrayNode();
        for (DatasetCard card : DatasetCatalog.cards()) {
            ObjectNode node = list.addObject()
                    .put("name", card.name())
                    .put("title", card.title())
                    .put("task", card.task().id())
                    .put("channels", card.channels())
                    .put("license", card.license());
            card.labelNames().forEach(node.putArray("labels")::add);
            ObjectNode samples = node.putObject("samples");
            card.samples().forEach((split, count) -> samples.put(split.id(), count));
            ArrayNode entries = node.putArray("files");
            card.files()
                    .forEach((size, file) -> entries.addObject()
                            .put("size", size)
                            .put("name", card.fileName(size))
                            .put("url", file.url())
                            .put("md5", file.md5())
                            .put(
                                    "path",
                                    files.atHand(card, size).map(Path::toString).orElse(null)));
        }
        terminal.out().println(list.toPrettyString());
    }
}

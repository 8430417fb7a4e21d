package org.osler.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.weights.Home;
import org.osler.weights.HubFile;
import org.osler.weights.WeightFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the encoders. */
@Command(
        name = "models",
        header = "List the encoders, and which have their weights at hand.",
        description = {
            "",
            "Features is the length of the vector that an encoder makes of an image, input the side in pixels of the"
                    + " images it is fed unless a study says otherwise; parameters (millions) and multiply-adds (billions"
                    + " an image) are those at that input.",
            "",
            "Weights are looked for in $OSLER_HOME/weights/<id>.safetensors (OSLER_HOME is ~/.cache/osler unless set),"
                    + " then in the Hugging Face cache ($HF_HOME)."
        },
        footer = {
            "  osler models",
            "  osler models --json | jq -r '.[] | select(.weights == null) | .id'     what is still to be had"
        })
final class ModelsCommand implements Callable<Integer> {

    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    private final Terminal terminal;
    private final Home home;

    @Option(names = "--json", description = "Print a JSON list instead of a table; weights is a path or null.")
    private boolean json;

    ModelsCommand(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (json) {
            printJson();
        } else {
            printTable();
        }
        return ExitCode.DONE;
    }

    private void printTable() throws IOException {
        TextTable table = new TextTable()
                .text("Encoder")
                .text("Name")
                .text("Family")
                .number("Features")
                .number("Input")
                .number("Param. M")
                .number("GMAC")
                .text("Licence")
                .text("Weights");
        for (EncoderCard card : EncoderCatalog.cards()) {
            table.row(
                    card.id(),
                    card.paperName(),
                    card.family().id(),
                    card.features(),
                    card.input(),
                    tenths(card.architecture().parameters(), MILLION),
                    tenths(card.architecture().multiplyAdds(), BILLION),
                    card.license(),
                    weights(card).isPresent() ? "at hand" : "–");
        }
        table.print(terminal);
    }

    private void printJson() throws IOException {
        ArrayNode list = new JsonMapper().createArrayNode();
        for (EncoderCard card : EncoderCatalog.cards()) {
            ObjectNode entry = list.addObject()
                    .put("id", card.id())
                    .put("name", card.paperName())
                    .put("family", card.family().id())
                    .put("features", card.features())
                    .put("input", card.input())
                    .put("architecture", card.architecture().name())
                    .put("parameters", card.architecture().parameters())
                    .put("multiplyAdds", card.architecture().multiplyAdds())
                    .put("repository", card.source().map(HubFile::repository).orElse(null))
                    .put("file", card.source().map(HubFile::file).orElse(null))
                    .put("license", card.license())
                    .put("weights", weights(card).map(Path::toString).orElse(null));
            card.mean().forEach(entry.putArray("mean")::add);
            card.std().forEach(entry.putArray("std")::add);
        }
        terminal.out().println(list.toPrettyString());
    }

    private static String tenths(long count, double unit) {
        return String.format(Locale.ROOT, "%.1f", count / unit);
    }

    private Optional<Path> weights(EncoderCard card) throws IOException {
        return WeightFiles.atHand(home, card.id(), card.source());
    }
}

package org.osler.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.tensor.Precision;
import org.osler.train.Throughput;

/**
 * Speeds of a machine that a user gives, for instance of a cluster's, as {@code docs/planning.md} describes them:
 *
 * <pre>
 * machine: one H100
 * encoders:
 *   vit_base_patch16_224: {infer: 2100, train: 640}
 *   resnet18: {infer: {fp32: 9000, bf16: 15000}, train: 2500}
 * </pre>
 */
final class ThroughputFile {

    private static final long LARGEST = 1 << 20;

    private static final Values.Range SPEED = new Values.Range(0, false, 1e9, true, "above 0, at most 1e9");
    private static final Map<String, Throughput.Mode> MODES =
            Values.words(Throughput.Mode.values(), Throughput.Mode::id);
    private static final Map<String, Precision> PRECISIONS = Values.words(Precision.values(), Precision::id);

    private ThroughputFile() {}

    /**
     * Reads such a file.
     *
     * @throws InputException for anything that is wrong with it; names file and line
     */
    static SpeedTable read(Path file) {
        Path folder = file.getParent();
        var start = new Place(file.toString(), 1, folder == null ? Path.of("") : folder);
        Yaml document = YamlReader.read(content(file), start)
                .orElseThrow(() -> start.error("the file is empty; it gives machine and encoders"));
        Section section = Section.of(document, "a throughput file", List.of("machine", "encoders"));
        String machine = section.find("machine")
                .map(node -> Values.text(node, "machine") + ", as " + file + " says")
                .orElse(file.toString());
        var table = new SpeedTable(machine);
        for (Yaml.Entry entry : entries(section.require("encoders"), "encoders")) {
            EncoderCard card = card(entry);
            for (Yaml.Entry speed : entries(entry.value(), entry.key())) {
                read(table, card, speed);
            }
        }
        return table;
    }

    private static void read(SpeedTable table, EncoderCard card, Yaml.Entry entry) {
        Throughput.Mode mode = MODES.get(entry.key());
        if (mode == null) {
            throw unknown(entry, MODES);
        }
        if (!(entry.value() instanceof Yaml.Mapping byPrecision)) {
            put(table, card, mode, Precision.FP32, entry);
            return;
        }
        for (Yaml.Entry each : byPrecision.entries().values()) {
            Precision precision = PRECISIONS.get(each.key());
            if (precision == null) {
                throw unknown(each, PRECISIONS);
            }
            put(table, card, mode, precision, each);
        }
    }

    private static void put(
            SpeedTable table, EncoderCard card, Throughput.Mode mode, Precision precision, Yaml.Entry entry) {
        var key = new SpeedTable.Key(card.architecture().name(), card.input(), mode, precision);
        table.put(key, Values.number(entry.value(), entry.key(), SPEED));
    }

    private static InputException unknown(Yaml.Entry entry, Map<String, ?> valid) {
        return entry.place().error("unknown key \"" + entry.key() + "\"; " + Nearest.hint(entry.key(), valid.keySet()));
    }

    private static EncoderCard card(Yaml.Entry entry) {
        return EncoderCatalog.find(entry.key())
                .orElseThrow(() -> entry.place()
                        .error("unknown encoder \"" + entry.key() + "\"; "
                                + Nearest.hint(
                                        entry.key(),
                                        EncoderCatalog.cards().stream()
                                                .flatMap(card -> Stream.of(
                                                        card.id(),
                                                        card.architecture().name()))
                                                .distinct()
                                                .toList())));
    }

    private static Iterable<Yaml.Entry> entries(Yaml node, String what) {
        if (node instanceof Yaml.Mapping mapping && !mapping.entries().isEmpty()) {
            return mapping.entries().values();
        }
        throw node.place().error(what + " is a map, such as {infer: 2100, train: 640}; here is " + node.word());
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InputException(file + " is larger than 1 MiB; that is no throughput file");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no throughput file " + file, e);
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}

package org.osler.study;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.osler.encoder.Architecture;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;

/**
 * An encoder that a study describes itself: weights of one's own for an architecture that Osler knows.
 *
 * <pre>
 * encoders:
 *   - id: ours                              # what tables call it
 *     architecture: vit_tiny_patch16_224
 *     weights: models/ours.safetensors      # left out: looked for like others; or random
 *     mean: [0.5, 0.5, 0.5]                 # left out: those of the architecture's first encoder in `osler models`
 *     std: [0.5, 0.5, 0.5]
 *     input: 224
 *     license: MIT
 * </pre>
 */
final class OwnEncoder {

    private static final List<String> KEYS =
            List.of("id", "architecture", "weights", "mean", "std", "input", "license");
    private static final int CHANNELS = 3;
    private static final int LARGEST_INPUT = 4096;

    private OwnEncoder() {}

    static EncoderChoice read(Yaml node) {
        Section section = Section.of(node, "an encoder", KEYS);
        String id = id(section.require("id"));
        Architecture architecture = architecture(section.require("architecture"));
        EncoderCard like = EncoderCatalog.find(architecture.name()).orElseThrow();
        if (section.has("mean") != section.has("std")) {
            throw node.place().error("mean and std belong together; give both or neither");
        }
        EncoderCard card = new EncoderCard(
                id,
                id,
                architecture,
                section.find("input")
                        .map(input -> Values.whole(input, "input", 1, LARGEST_INPUT))
                        .orElse(architecture.input()),
                section.find("mean")
                        .map(mean -> channels(mean, "mean", Values.Range.FRACTION))
                        .orElse(like.mean()),
                section.find("std")
                        .map(std -> channels(std, "std", Values.Range.POSITIVE_FRACTION))
                        .orElse(like.std()),
                Optional.empty(),
                section.find("license")
                        .map(license -> Values.text(license, "license"))
                        .orElse("not stated"));
        Optional<Yaml> weights = section.find("weights");
        boolean random = weights.filter(value -> Values.text(value, "weights").equals(WeightsKind.RANDOM.id()))
                .isPresent();
        return new EncoderChoice(
                card,
                random ? WeightsKind.RANDOM : WeightsKind.PRETRAINED,
                weights.filter(value -> !random)
                        .map(value -> Paths.existing(value, "weights", Values.text(value, "weights"))));
    }

    private static Architecture architecture(Yaml node) {
        String name = Values.text(node, "architecture");
        List<String> known =
                EncoderCatalog.architectures().stream().map(Architecture::name).toList();
        return EncoderCatalog.architecture(name)
                .orElseThrow(() ->
                        node.place().error("unknown architecture \"" + name + "\"; " + Nearest.hint(name, known)));
    }

    private static String id(Yaml node) {
        String id = Values.name(node, Values.text(node, "id"));
        if (EncoderCatalog.find(id).isPresent()) {
            throw node.place().error("\"" + id + "\" is the name of a known encoder; give another one");
        }
        return id;
    }

    /** Three numbers, or one for all three channels. */
    private static List<Double> channels(Yaml node, String key, Values.Range range) {
        List<Double> values = Values.items(node, key).stream()
                .map(item -> Values.number(item, key, range))
                .toList();
        if (values.size() == 1) {
            return Collections.nCopies(CHANNELS, values.get(0));
        }
        if (values.size() != CHANNELS) {
            throw node.place().error(key + " takes three numbers, of red, green and blue; here are " + values.size());
        }
        return values;
    }
}

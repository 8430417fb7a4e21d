package org.osler.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;

/**
 * {@code encoders}, a list of names or {@code all}, and {@code weights}: {@code pretrained}, {@code random}, or a map
 * from encoders to files or these words, in which {@link #OTHERS} stands for the encoders not named.
 */
final class EncoderSection {

    static final String OTHERS = "others";
    static final String ALL = "all";

    private static final Map<String, WeightsKind> KINDS = Values.words(WeightsKind.values(), WeightsKind::id);

    private EncoderSection() {}

    static List<EncoderChoice> read(Yaml encoders, Optional<Yaml> weights) {
        List<EncoderCard> cards = cards(encoders);
        if (weights.isEmpty()) {
            return choices(cards, WeightsKind.PRETRAINED);
        }
        if (weights.get() instanceof Yaml.Mapping mapping) {
            return choices(cards, mapping);
        }
        return choices(cards, Values.oneOf(weights.get(), "weights", KINDS));
    }

    private static List<EncoderCard> cards(Yaml node) {
        if (node instanceof Yaml.Scalar scalar && scalar.text().equals(ALL)) {
            return EncoderCatalog.cards();
        }
        List<Yaml> items = Values.items(node, "encoders");
        if (items.size() == 1
                && items.get(0) instanceof Yaml.Scalar scalar
                && scalar.text().equals(ALL)) {
            return EncoderCatalog.cards();
        }
        return Values.list(node, "encoders", EncoderSection::card);
    }

    private static EncoderCard card(Yaml node) {
        String name = Values.text(node, "encoders");
        return EncoderCatalog.find(name)
                .orElseThrow(() -> node.place().error("unknown encoder \"" + name + "\"; " + hint(name)));
    }

    /** The nearest id, found by the id, the architecture or the paper's name. */
    private static String hint(String name) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (EncoderCard card : EncoderCatalog.cards()) {
            Stream.of(card.id(), card.architecture().name(), card.paperName())
                    .forEach(key -> ids.putIfAbsent(key, card.id()));
        }
        return Nearest.to(name, ids.keySet())
                .map(near -> "did you mean \"" + ids.get(near) + "\"?")
                .orElse("`osler models` lists the known ones");
    }

    private static List<EncoderChoice> choices(List<EncoderCard> cards, WeightsKind kind) {
        return cards.stream()
                .map(card -> new EncoderChoice(card, kind, Optional.empty()))
                .toList();
    }

    private static List<EncoderChoice> choices(List<EncoderCard> cards, Yaml.Mapping weights) {
        Map<EncoderCard, EncoderChoice> named = new LinkedHashMap<>();
        WeightsKind others = WeightsKind.PRETRAINED;
        for (Yaml.Entry entry : weights.entries().values()) {
            if (entry.key().equals(OTHERS)) {
                others = Values.oneOf(entry.value(), "weights." + OTHERS, KINDS);
                continue;
            }
            EncoderCard card = named(cards, entry);
            if (named.put(card, choice(card, entry.value())) != null) {
                throw entry.place().error("weights: " + card.id() + " is named twice");
            }
        }
        WeightsKind rest = others;
        return cards.stream()
                .map(card -> named.getOrDefault(card, new EncoderChoice(card, rest, Optional.empty())))
                .toList();
    }

    private static EncoderCard named(List<EncoderCard> cards, Yaml.Entry entry) {
        String name = entry.key();
        List<EncoderCard> matches = cards.stream()
                .filter(card ->
                        card.id().equals(name) || card.architecture().name().equals(name))
                .toList();
        if (matches.size() == 1) {
            return matches.get(0);
        }
        if (matches.size() > 1) {
            throw entry.place()
                    .error("weights: \"" + name + "\" may be any of "
                            + String.join(
                                    ", ", matches.stream().map(EncoderCard::id).toList()) + "; name one in full");
        }
        List<String> valid = new ArrayList<>(cards.stream().map(EncoderCard::id).toList());
        valid.add(OTHERS);
        List<String> names = new ArrayList<>(valid);
        cards.forEach(card -> names.add(card.architecture().name()));
        String hint = Optional.of(name)
                .filter(unknown -> EncoderCatalog.find(unknown).isEmpty())
                .flatMap(unknown -> Nearest.to(unknown, names))
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("valid: " + String.join(", ", valid));
        throw entry.place().error("weights: \"" + name + "\" is no encoder of this study; " + hint);
    }

    private static EncoderChoice choice(EncoderCard card, Yaml value) {
        String text = Values.text(value, "weights");
        if (KINDS.containsKey(text)) {
            return new EncoderChoice(card, KINDS.get(text), Optional.empty());
        }
        Path file = Paths.existing(value, "weights", text);
        return new EncoderChoice(card, WeightsKind.PRETRAINED, Optional.of(file));
    }
}

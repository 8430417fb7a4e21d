package org.osler.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;

/**
 * {@code encoders}, a list of names, of encoders of one's own ({@link OwnEncoder}), {@code all}, or {@link #PAPER} for
 * the twelve of Wu and Papież 2025; and {@code weights}: {@code pretrained}, {@code random}, or a map from encoders to
 * files or these words, in which {@link #OTHERS} stands for the encoders not named.
 */
final class EncoderSection {

    static final String OTHERS = "others";
    static final String ALL = "all";
    static final String PAPER = "wu2025";

    private static final Map<String, WeightsKind> KINDS =
            Values.words(new WeightsKind[] {WeightsKind.PRETRAINED, WeightsKind.RANDOM}, WeightsKind::id);

    private EncoderSection() {}

    static List<EncoderChoice> read(Yaml encoders, Optional<Yaml> weights) {
        List<EncoderChoice> choices = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Yaml item : Values.items(encoders, "encoders")) {
            for (EncoderChoice choice : choices(item)) {
                if (!ids.add(choice.card().id())) {
                    throw item.place().error("encoders: " + choice.card().id() + " is listed twice");
                }
                choices.add(choice);
            }
        }
        if (weights.isEmpty()) {
            return choices;
        }
        if (weights.get() instanceof Yaml.Mapping mapping) {
            return choices(choices, mapping);
        }
        WeightsKind kind = Values.oneOf(weights.get(), "weights", KINDS);
        return choices.stream().map(choice -> of(choice, kind)).toList();
    }

    /** The encoders that one item of the list stands for. */
    private static List<EncoderChoice> choices(Yaml item) {
        if (item instanceof Yaml.Mapping) {
            return List.of(OwnEncoder.read(item));
        }
        return cards(item).stream()
                .map(card -> new EncoderChoice(card, WeightsKind.PRETRAINED, Optional.empty()))
                .toList();
    }

    private static List<EncoderCard> cards(Yaml item) {
        String name = Values.text(item, "encoders");
        return switch (name) {
            case ALL -> EncoderCatalog.cards();
            case PAPER -> EncoderCatalog.wu2025();
            default ->
                List.of(EncoderCatalog.find(name)
                        .orElseThrow(() -> item.place().error("unknown encoder \"" + name + "\"; " + hint(name))));
        };
    }

    /** What a word for all encoders makes of one: a file that goes with its description stays. */
    private static EncoderChoice of(EncoderChoice choice, WeightsKind kind) {
        return new EncoderChoice(choice.card(), kind, kind == WeightsKind.RANDOM ? Optional.empty() : choice.file());
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
                .or(() -> Nearest.containing(name, ids.values()))
                .orElse("`osler models` lists the known ones");
    }

    private static List<EncoderChoice> choices(List<EncoderChoice> choices, Yaml.Mapping weights) {
        List<EncoderCard> cards = choices.stream().map(EncoderChoice::card).toList();
        Map<EncoderCard, EncoderChoice> named = new LinkedHashMap<>();
        Optional<WeightsKind> others = Optional.empty();
        for (Yaml.Entry entry : weights.entries().values()) {
            if (entry.key().equals(OTHERS)) {
                others = Optional.of(Values.oneOf(entry.value(), "weights." + OTHERS, KINDS));
                continue;
            }
            EncoderCard card = named(cards, entry);
            if (named.put(card, choice(card, entry.value())) != null) {
                throw entry.place().error("weights: " + card.id() + " is named twice");
            }
        }
        Optional<WeightsKind> rest = others;
        return choices.stream()
                .map(choice -> named.getOrDefault(
                        choice.card(), rest.map(kind -> of(choice, kind)).orElse(choice)))
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

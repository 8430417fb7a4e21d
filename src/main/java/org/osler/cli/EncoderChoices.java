package org.osler.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.study.StudyOptions;
import org.osler.weights.Home;
import org.osler.weights.WeightFiles;
import picocli.CommandLine.Option;

/** Which encoders, with which weights. */
final class EncoderChoices {

    private static final String AT_HAND = "at-hand";
    private static final String ALL = "all";
    private static final String PAPER = "wu2025";

    @Option(
            names = "--encoders",
            paramLabel = "IDS",
            split = ",",
            defaultValue = AT_HAND,
            description = "Some of 'osler models', separated by commas; all of them; wu2025, the paper's twelve; or"
                    + " at-hand, those whose weights are on this machine (default: ${DEFAULT-VALUE}). What is missing is"
                    + " fetched.")
    private List<String> names;

    @Option(
            names = "--weights",
            paramLabel = "ID=FILE",
            split = ",",
            description = "An encoder's weights, if they are not in the usual places; ID=random, or random for all of"
                    + " them, takes it untrained.")
    private final List<String> weights = new ArrayList<>();

    /**
     * Says encoders and weights.
     *
     * @throws InputException if an encoder is not known, or none is at hand
     */
    void say(StudyOptions options, Home home) throws IOException {
        for (String each : weights) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                options.say(
                        "--weights " + each,
                        List.of("weights", id(each.substring(0, equals))),
                        List.of(each.substring(equals + 1)));
            } else if (each.equals(EncoderOptions.RANDOM) && weights.size() == 1) {
                if (names.contains(AT_HAND)) {
                    throw new InputException(
                            "--weights random: say which encoders, as in --encoders resnet18,resnet50");
                }
                options.say("--weights " + each, List.of("weights"), List.of(each));
            } else {
                throw new InputException("--weights " + each + ": is said as ENCODER=FILE, or random for all encoders");
            }
        }
        options.say("--encoders", List.of("encoders"), ids(home));
    }

    private List<String> ids(Home home) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        for (String name : names) {
            switch (name) {
                case ALL -> EncoderCatalog.cards().forEach(card -> ids.add(card.id()));
                case PAPER -> EncoderCatalog.wu2025().forEach(card -> ids.add(card.id()));
                case AT_HAND -> ids.addAll(atHand(home));
                default -> ids.add(EncoderOptions.card("--encoders", name).id());
            }
        }
        if (ids.isEmpty()) {
            throw new InputException(
                    "no encoder's weights are on this machine. Name some of 'osler models', as in --encoders"
                            + " resnet18,vit_small_patch16_224 (they are fetched), or say where weights are: --weights"
                            + " resnet18=FILE");
        }
        return List.copyOf(ids);
    }

    private List<String> atHand(Home home) throws IOException {
        List<String> ids = new ArrayList<>();
        for (String each : weights) {
            if (each.contains("=")) {
                ids.add(id(each.substring(0, each.indexOf('='))));
            }
        }
        for (EncoderCard card : EncoderCatalog.cards()) {
            if (WeightFiles.atHand(home, card.id(), card.source()).isPresent()) {
                ids.add(card.id());
            }
        }
        return ids;
    }

    private static String id(String name) {
        return EncoderOptions.card("--weights", name).id();
    }

    /** What the weights of an encoder were said to be, for a command on this encoder alone; empty: nothing. */
    List<String> weightsOf(String id) {
        for (String each : weights) {
            int equals = each.indexOf('=');
            if (equals < 0) {
                return List.of("--weights", each);
            }
            if (id(each.substring(0, equals)).equals(id)) {
                return List.of("--weights", each.substring(equals + 1));
            }
        }
        return List.of();
    }
}

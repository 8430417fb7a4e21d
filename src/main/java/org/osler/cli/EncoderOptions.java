package org.osler.cli;

import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.study.Nearest;
import picocli.CommandLine.Option;

/** Which encoder, with which values. */
final class EncoderOptions {

    static final String RANDOM = "random";

    @Option(names = "--encoder", required = true, paramLabel = "ID", description = "One of 'osler models'.")
    private String encoder;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "Its weights, or 'random' for an untrained encoder (default: looked for in the usual places).")
    private String weights;

    /** The encoder. */
    EncoderCard card() {
        return card("--encoder", encoder);
    }

    /** Its weight file or {@link #RANDOM}; null: looked for in the usual places. */
    String weights() {
        return weights;
    }

    /**
     * The encoder that an option names.
     *
     * @throws InputException if there is none; names the nearest
     */
    static EncoderCard card(String option, String name) {
        return EncoderCatalog.find(name)
                .orElseThrow(() -> new InputException(option + " " + name + ": no such encoder; "
                        + Nearest.hint(
                                name,
                                EncoderCatalog.cards().stream()
                                        .flatMap(card -> Stream.of(
                                                card.id(), card.architecture().name()))
                                        .distinct()
                                        .toList())));
    }
}

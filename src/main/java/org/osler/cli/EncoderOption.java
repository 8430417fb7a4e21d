package org.osler.cli;

import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.study.Nearest;

/** What {@code --encoder} names. */
final class EncoderOption {

    private EncoderOption() {}

    /**
     * The encoder of that id.
     *
     * @throws InputException if there is none; names the nearest
     */
    static EncoderCard card(String name) {
        return EncoderCatalog.find(name)
                .orElseThrow(() -> new InputException("--encoder " + name + ": no such encoder; "
                        + Nearest.hint(
                                name,
                                EncoderCatalog.cards().stream()
                                        .flatMap(card -> Stream.of(
                                                card.id(), card.architecture().name()))
                                        .distinct()
                                        .toList())));
    }
}

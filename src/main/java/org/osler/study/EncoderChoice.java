package org.osler.study;

import java.nio.file.Path;
import java.util.Optional;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;

/**
 * One encoder of a study.
 *
 * @param card what is known of it
 * @param weights pre-trained or random, {@link WeightsKind#PRETRAINED} or {@link WeightsKind#RANDOM}
 * @param file the weight file that the study names; empty: the usual places
 */
public record EncoderChoice(EncoderCard card, WeightsKind weights, Optional<Path> file) {

    /**
     * What an encoder of the study's own computes, but for its weights: architecture and normalisation. Empty for those
     * of the catalog.
     */
    public Optional<String> description() {
        return EncoderCatalog.cards().contains(card)
                ? Optional.empty()
                : Optional.of(card.architecture().name() + " mean " + card.mean() + " std " + card.std());
    }
}

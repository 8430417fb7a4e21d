package org.osler.study;

import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;

/** How people call an encoder: by its name in Wu and Papież 2025, or one of that form, not by timm's id. */
public final class EncoderTitle {

    private EncoderTitle() {}

    /** The name of an encoder, e.g. {@code DINOv2 ViT-B/14}; its id if the catalog has none of that id. */
    public static String of(String id) {
        return EncoderCatalog.cards().stream()
                .filter(card -> card.id().equals(id))
                .map(EncoderCard::paperName)
                .findFirst()
                .orElse(id);
    }

    /** The name of a trial's encoder, with "(untrained)" after it where its weights were random. */
    public static String of(Trial trial) {
        return of(trial.encoder()) + note(trial);
    }

    /** In brackets what has to be known of a trial's encoder; empty if it was pre-trained. */
    static String note(Trial trial) {
        if (!trial.weights().isRandom()) {
            return "";
        }
        // Results of versions in which the seed did not decide where fine-tuning starts stay what they are.
        boolean oneStart = trial.weights() == WeightsKind.RANDOM && trial.strategy() instanceof Strategy.FineTune;
        return oneStart ? " (untrained, one start for all seeds)" : " (untrained)";
    }
}

package org.osler.report;

import org.osler.study.EncoderTitle;
import org.osler.study.Trial;

/** How tables name an encoder. */
final class EncoderName {

    private EncoderName() {}

    /** The name, with "(untrained)" after it where its weights were random. */
    static String of(Trial trial) {
        return EncoderTitle.of(trial);
    }

    /** The name alone, e.g. {@code DINOv2 ViT-B/14}. */
    static String plain(Trial trial) {
        return EncoderTitle.of(trial.encoder());
    }
}

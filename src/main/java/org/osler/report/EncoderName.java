package org.osler.report;

import org.osler.study.Trial;
import org.osler.study.WeightsKind;

/** How tables name an encoder. */
final class EncoderName {

    private EncoderName() {}

    /** The name, with "(untrained)" after it where its weights were random. */
    static String of(Trial trial) {
        return trial.weights() == WeightsKind.RANDOM ? plain(trial) + " (untrained)" : plain(trial);
    }

    /** timm's id without its tag, e.g. {@code vit_tiny_patch16_224}; the tag names the weights. */
    static String plain(Trial trial) {
        int dot = trial.encoder().indexOf('.');
        return dot < 0 ? trial.encoder() : trial.encoder().substring(0, dot);
    }
}

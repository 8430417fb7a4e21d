package org.osler.study;

import java.util.Locale;

/** Where an encoder's parameters come from. */
public enum WeightsKind {
    /** Pre-trained: a safetensors file. */
    PRETRAINED,
    /** Drawn at random, the same for every trial; tables then say "untrained". */
    RANDOM;

    /** The name used in study files: {@code pretrained}, {@code random}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word for tables: {@code pretrained}, {@code untrained}. */
    public String word() {
        return this == RANDOM ? "untrained" : "pretrained";
    }
}

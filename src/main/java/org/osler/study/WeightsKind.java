package org.osler.study;

import java.util.Locale;

/** Where an encoder's parameters come from. */
public enum WeightsKind {
    /** Pre-trained: a safetensors file. */
    PRETRAINED("pretrained"),
    /** Drawn at random, the same for every trial, so that trials on its features share them; it is not trained. */
    RANDOM("untrained"),
    /** Drawn at random from the trial's seed: where training starts that goes through the encoder. */
    SEEDED("untrained-by-seed");

    private final String word;

    WeightsKind(String word) {
        this.word = word;
    }

    /** The name in a trial's JSON; in study files {@code pretrained} or {@code random}, which stands for both random ones. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word for columns: {@code pretrained}, {@code untrained}, {@code untrained-by-seed}. */
    public String word() {
        return word;
    }

    /** Whether it knows nothing before training; tables then say "untrained". */
    public boolean isRandom() {
        return this != PRETRAINED;
    }

    /** What it comes to under a strategy: only fine-tuning starts anew with each seed. */
    WeightsKind under(Strategy strategy) {
        return this == RANDOM && strategy instanceof Strategy.FineTune ? SEEDED : this;
    }
}

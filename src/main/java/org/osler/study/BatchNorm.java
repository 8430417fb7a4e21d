package org.osler.study;

import java.util.Locale;

/** What becomes of a frozen encoder's batch-norm statistics in linear probing. */
public enum BatchNorm {
    /** They stay as they were pre-trained, and features can be computed once. */
    FROZEN,
    /**
     * They drift to the data, as in the code of Wu and Papież 2025 and of Doerrich et al. 2024: training batches are
     * normalised by their own statistics, validation and test by the running ones of that moment.
     */
    DRIFT;

    /** The name used in study files and tables. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

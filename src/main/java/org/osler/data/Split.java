package org.osler.data;

import java.util.Locale;

/** The three parts of a dataset. */
public enum Split {
    TRAIN,
    VAL,
    TEST;

    /** The name used in files: {@code train}, {@code val}, {@code test}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

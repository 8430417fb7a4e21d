package org.osler.data.review;

import java.util.Locale;

/** Why two images of different splits should not be in different splits. */
public enum Cause {
    /** Their stored pixels are the same, byte for byte. */
    IDENTICAL,
    /** They are of the same patient, lesion or whatever a column of groups names. */
    GROUP,
    /** An encoder's features of them are as good as the same. */
    SIMILAR;

    /** The name used in files: {@code identical}, {@code group}, {@code similar}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

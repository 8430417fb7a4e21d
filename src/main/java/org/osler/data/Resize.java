package org.osler.data;

import java.util.Locale;

/** How an image of one size becomes the encoder's input size. */
public enum Resize {
    /** Antialiased bilinear interpolation of the 8-bit image, as PIL's {@code BILINEAR} does it. */
    SCALE,
    /** Zero padding around the centred image, after normalisation. */
    PAD,
    /** The nearest pixel, as PIL's {@code NEAREST} takes it. */
    NEAREST;

    /** The name used in study files and tables: {@code scale}, {@code pad}, {@code nearest}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

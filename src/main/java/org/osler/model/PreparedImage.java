package org.osler.model;

/** One image in the form of a model's dataset, small enough to keep many of. Made by {@link Classifier#prepare}. */
public final class PreparedImage {

    private final byte[] bytes;

    PreparedImage(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }
}

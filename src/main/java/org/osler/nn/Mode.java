package org.osler.nn;

/** Whether a forward pass is part of training; batch normalisation behaves differently. */
public enum Mode {
    TRAIN,
    EVAL
}

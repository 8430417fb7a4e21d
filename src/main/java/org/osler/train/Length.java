package org.osler.train;

/** How long a run lasts at most. */
public sealed interface Length {

    /** Whole epochs, at least one. */
    int epochs(int batchesPerEpoch);

    /**
     * So many optimiser steps, rounded down to whole epochs.
     *
     * @param count from 1
     */
    record Iterations(int count) implements Length {
        @Override
        public int epochs(int batchesPerEpoch) {
            return Math.max(1, count / batchesPerEpoch);
        }
    }

    /**
     * So many passes over the training images.
     *
     * @param count from 1
     */
    record Epochs(int count) implements Length {
        @Override
        public int epochs(int batchesPerEpoch) {
            return count;
        }
    }
}

package org.osler.train;

import org.osler.SeededRandom;

/** In which order a training split is seen. */
@FunctionalInterface
interface BatchOrder {

    /** The indices 0 … samples−1 in the order of an epoch, counted from 0. */
    int[] epoch(int epoch, int samples);

    /** A new shuffle each epoch, a function of seed and epoch alone, so that a resumed run goes on as it would have. */
    static BatchOrder shuffled(long seed) {
        return (epoch, samples) -> SeededRandom.of(seed, "batches/" + epoch).permutation(samples);
    }
}

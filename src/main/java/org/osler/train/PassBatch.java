package org.osler.train;

import org.osler.encoder.Encoder;
import org.osler.tensor.Cuda;
import org.osler.tensor.Device;

/**
 * How many images a pass without training takes at once. On a card it follows from the card's memory in all and not from
 * what happens to be free, so that a pass that goes on computes what the unbroken one would have, on a card of the same kind.
 */
final class PassBatch {

    private static final int MOST = 256;

    /** A pass may take this part of a card. */
    private static final int SHARE = 4;

    /** Reckoned high, for an image of {@link #SIDE} pixels a side: the widest layers of VGG16 with what they are made from. */
    private static final long BYTES = 64L << 20;

    private static final double SIDE = 224;

    private PassBatch() {}

    /** Images at once, {@code onProcessor} of them where the encoder is on the processor. */
    static int of(Encoder encoder, int onProcessor) {
        Device device = encoder.parameters().device();
        return device.isCpu() ? onProcessor : onCard(Cuda.memory(device).total(), encoder.input());
    }

    /** A power of two, from 1 to 256. */
    static int onCard(long memory, int input) {
        double each = BYTES * Math.pow(input / SIDE, 2);
        int batch = MOST;
        while (batch > 1 && batch * each > (double) memory / SHARE) {
            batch /= 2;
        }
        return batch;
    }
}

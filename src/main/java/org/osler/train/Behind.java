package org.osler.train;

import java.io.IOException;
import org.osler.tensor.Device;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * Reads results of a card one behind: those of a batch once the next is under way, so that the card computes while the
 * processor prepares and puts away. Those of the processor are read at once.
 */
final class Behind implements AutoCloseable {

    private final Device device;
    private Tensor waiting;
    private Reading reading;

    /** For results of a device. */
    Behind(Device device) {
        this.device = device;
    }

    /** Takes a result back to the processor. */
    @FunctionalInterface
    interface Reading {
        void read(Tensor result) throws IOException;
    }

    /**
     * The result of the batch that was just started; the one before is read now, this one by the next call.
     *
     * @param result of the innermost scope, whose it is no more
     */
    void add(Scope scope, Tensor result, Reading next) throws IOException {
        Tensor kept = scope.keep(result);
        try {
            finish();
        } finally {
            waiting = kept;
            reading = next;
        }
        if (device.isCpu()) {
            finish();
        }
    }

    /** Reads what was not read yet. */
    void finish() throws IOException {
        if (waiting != null) {
            try (Tensor result = waiting) {
                waiting = null;
                reading.read(result);
            }
        }
    }

    /** Frees a result that nobody will read any more. */
    @Override
    public void close() {
        if (waiting != null) {
            waiting.close();
            waiting = null;
        }
    }
}

package org.osler.tensor;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where tensors live and are computed on: the processor or one of the machine's graphics cards.
 *
 * @param kind what it is
 * @param index which card, from 0; of the processor 0
 */
public record Device(Kind kind, int index) {

    public static final Device CPU = new Device(Kind.CPU, 0);

    /**
     * A card that there is not: libtorch's {@code meta} device, whose tensors have shapes and no values and refuse to meet
     * those of the processor as a card's do.
     */
    static final Device STAND_IN = new Device(Kind.CUDA, -1);

    /** Kinds of devices; results differ between kinds in their last digits. */
    public enum Kind {
        CPU,
        CUDA;

        /** The name used in study files and tables: {@code cpu}, {@code cuda}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A graphics card, whether there is one or not; see {@link Cuda#require}. */
    public static Device cuda(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("cards are counted from 0, not " + index);
        }
        return new Device(Kind.CUDA, index);
    }

    /** The name used on the command line: {@code cpu}, {@code cuda:0}. */
    public String id() {
        return isCpu() ? kind.id() : kind.id() + ":" + index;
    }

    /** Whether it is the processor. */
    public boolean isCpu() {
        return kind == Kind.CPU;
    }

    /** Waits until all that was asked of this device is done; the processor does everything at once. */
    public void await() {
        if (isReal()) {
            Cuda.await(index);
        }
    }

    /** Whether it is a card that computes. */
    boolean isReal() {
        return !isCpu() && index >= 0;
    }

    static Device of(org.bytedeco.pytorch.Tensor tensor) {
        if (tensor.is_cpu()) {
            return CPU;
        }
        return tensor.is_meta() ? STAND_IN : cuda(tensor.device().index());
    }

    org.bytedeco.pytorch.Device handle() {
        if (isCpu()) {
            return new org.bytedeco.pytorch.Device(DeviceType.CPU);
        }
        return isReal()
                ? new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) index)
                : new org.bytedeco.pytorch.Device(DeviceType.Meta);
    }
}

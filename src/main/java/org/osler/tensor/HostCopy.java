package org.osler.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;

/** What a tensor holds, as arrays and buffers of Java's. */
final class HostCopy {

    private HostCopy() {}

    static float[] floats(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            float[] values = new float[Math.toIntExact(tensor.count())];
            if (values.length > 0) {
                plain(tensor, DType.FLOAT32).data_ptr_float().get(values);
            }
            return values;
        }
    }

    static double[] doubles(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            double[] values = new double[Math.toIntExact(tensor.count())];
            if (values.length > 0) {
                plain(tensor, DType.FLOAT64).data_ptr_double().get(values);
            }
            return values;
        }
    }

    static long[] longs(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            long[] values = new long[Math.toIntExact(tensor.count())];
            if (values.length > 0) {
                plain(tensor, DType.INT64).data_ptr_long().get(values);
            }
            return values;
        }
    }

    static ByteBuffer inPlace(Tensor tensor) {
        long length = tensor.count() * tensor.dtype().bytes();
        if (!tensor.handle().is_cpu() || !tensor.handle().is_contiguous() || length > Integer.MAX_VALUE) {
            throw new IllegalStateException("needs a contiguous tensor of at most 2 GiB on the processor, not " + length
                    + " bytes on " + tensor.device().id());
        }
        return new BytePointer(tensor.handle().data_ptr())
                .capacity(length)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static org.bytedeco.pytorch.Tensor plain(Tensor tensor, DType type) {
        return tensor.to(type).to(Device.CPU).contiguous().handle();
    }
}

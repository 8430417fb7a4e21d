package org.osler.tensor;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Makes tensors from arrays, buffers and constants, in the innermost scope. */
public final class Tensors {

    private Tensors() {}

    /** A float32 tensor of the given values in row-major order. */
    public static Tensor of(float[] values, long... shape) {
        requireCount(values.length, shape);
        Scope.requireOpen();
        try (FloatPointer source = new FloatPointer(values)) {
            return copyOf(source, DType.FLOAT32, shape);
        }
    }

    /** An int64 tensor of the given values in row-major order. */
    public static Tensor of(long[] values, long... shape) {
        requireCount(values.length, shape);
        Scope.requireOpen();
        try (LongPointer source = new LongPointer(values)) {
            return copyOf(source, DType.INT64, shape);
        }
    }

    /** A uint8 tensor of the given values in row-major order. */
    public static Tensor of(byte[] values, long... shape) {
        requireCount(values.length, shape);
        Scope.requireOpen();
        try (BytePointer source = new BytePointer(values)) {
            return copyOf(source, DType.UINT8, shape);
        }
    }

    /** A copy of the bytes between a direct buffer's position and limit, little-endian, row-major. */
    public static Tensor copyOf(ByteBuffer direct, DType type, long... shape) {
        requireBytes(direct, type, shape);
        if (direct.remaining() == 0) {
            return zeros(type, shape);
        }
        Scope.requireOpen();
        try (BytePointer start = new BytePointer(direct)) {
            return copyOf(start, type, shape);
        }
    }

    /**
     * A view of the bytes between a direct buffer's position and limit: nothing is copied, so the buffer must stay
     * reachable as long as the view is used.
     */
    public static Tensor viewOf(ByteBuffer direct, DType type, long... shape) {
        requireBytes(direct, type, shape);
        if (direct.remaining() == 0) {
            return zeros(type, shape);
        }
        Scope.requireOpen();
        return new Tensor(torch.from_blob(new BytePointer(direct), shape, options(type)));
    }

    /** A tensor whose values are what its memory held before. */
    public static Tensor empty(DType type, long... shape) {
        Scope.requireOpen();
        return new Tensor(torch.empty(shape, options(type), new MemoryFormatOptional()));
    }

    /** A tensor of zeros. */
    public static Tensor zeros(DType type, long... shape) {
        Scope.requireOpen();
        return new Tensor(torch.zeros(shape, options(type)));
    }

    /** A tensor filled with one value. */
    public static Tensor full(double value, DType type, long... shape) {
        Scope.requireOpen();
        return new Tensor(torch.full(shape, new Scalar(value), options(type)));
    }

    private static Tensor copyOf(Pointer source, DType type, long... shape) {
        org.bytedeco.pytorch.Tensor view = torch.from_blob(source, shape, options(type));
        return new Tensor(view.clone());
    }

    private static void requireBytes(ByteBuffer direct, DType type, long... shape) {
        long expected = type.bytes();
        for (long size : shape) {
            expected *= size;
        }
        if (!direct.isDirect() || direct.remaining() != expected) {
            throw new IllegalArgumentException("need a direct buffer of " + expected + " bytes, not " + direct);
        }
    }

    private static TensorOptions options(DType type) {
        return new TensorOptions(type.scalarType());
    }

    private static void requireCount(long count, long... shape) {
        long expected = 1;
        for (long size : shape) {
            expected *= size;
        }
        if (expected != count) {
            throw new IllegalArgumentException(count + " values do not fill shape " + Arrays.toString(shape));
        }
    }
}

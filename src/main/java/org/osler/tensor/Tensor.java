package org.osler.tensor;

import java.nio.ByteBuffer;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * An n-dimensional array in native memory, owned by the {@link Scope} in which it was made.
 *
 * <p>Operations are libtorch's, under its names; they return new tensors, except those whose name ends in
 * {@code InPlace}. {@link Tensors} makes them from arrays and buffers. Shapes are {@code long[]}, outermost dimension first. A negative dimension counts from the end.
 */
public final class Tensor implements AutoCloseable {

    private org.bytedeco.pytorch.Tensor handle;

    Tensor(org.bytedeco.pytorch.Tensor handle) {
        Scope.requireOpen();
        this.handle = handle;
    }

    org.bytedeco.pytorch.Tensor handle() {
        return handle;
    }

    // --- looking ---

    /** The sizes of all dimensions. */
    public long[] shape() {
        try (LongArrayRef sizes = handle.sizes()) {
            long[] shape = new long[(int) sizes.size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = sizes.get(i);
            }
            return shape;
        }
    }

    /** The size of one dimension. */
    public long size(int dim) {
        long[] shape = shape();
        return shape[dim < 0 ? dim + shape.length : dim];
    }

    /** How many elements there are. */
    public long count() {
        return handle.numel();
    }

    /** The type of the elements. */
    public DType dtype() {
        return DType.of(handle.scalar_type());
    }

    /** Where the elements are. */
    public Device device() {
        return Device.of(handle);
    }

    /** The one element of a tensor that has just one. Waits for the device. */
    public double item() {
        return handle.item_double();
    }

    /**
     * The memory of a contiguous tensor of at most 2 GiB on the processor, to be read and written in place: little-endian,
     * row-major. Valid as long as the tensor.
     */
    public ByteBuffer bytes() {
        return HostCopy.inPlace(this);
    }

    /** The elements in row-major order, as float32. */
    public float[] toFloats() {
        return HostCopy.floats(this);
    }

    /** The elements in row-major order, as float64. */
    public double[] toDoubles() {
        return HostCopy.doubles(this);
    }

    /** The elements in row-major order, as int64. */
    public long[] toLongs() {
        return HostCopy.longs(this);
    }

    // --- shaping ---

    public Tensor to(DType type) {
        return new Tensor(handle.to(type.scalarType()));
    }

    /** The same values on a device; this very tensor, if it is there already. */
    public Tensor to(Device device) {
        return Placement.to(this, device);
    }

    public Tensor view(long... shape) {
        return new Tensor(handle.view(shape));
    }

    public Tensor reshape(long... shape) {
        return new Tensor(handle.reshape(shape));
    }

    public Tensor permute(long... order) {
        return new Tensor(handle.permute(order));
    }

    public Tensor transpose(int a, int b) {
        return new Tensor(handle.transpose(a, b));
    }

    public Tensor expand(long... shape) {
        return new Tensor(handle.expand(shape));
    }

    public Tensor flatten(int from, int to) {
        return new Tensor(handle.flatten(from, to));
    }

    /** A view of one index of a dimension, which disappears. */
    public Tensor select(int dim, long index) {
        return new Tensor(handle.select(dim, index));
    }

    /** A view of {@code length} indices of a dimension from {@code start} on. */
    public Tensor narrow(int dim, long start, long length) {
        return new Tensor(handle.narrow(dim, start, length));
    }

    /** Views of each index of a dimension, which disappears. */
    public Tensor[] unbind(int dim) {
        TensorVector parts = handle.unbind(dim);
        Tensor[] result = new Tensor[(int) parts.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = new Tensor(parts.get(i));
        }
        return result;
    }

    /** The rows (of dimension {@code dim}) that an int64 vector names, copied. */
    public Tensor indexSelect(int dim, Tensor index) {
        return Functions.indexSelect(this, dim, index);
    }

    public Tensor contiguous() {
        return new Tensor(handle.contiguous());
    }

    /** The same [N, C, H, W] values laid out with channels innermost, as oneDNN's convolutions like them. */
    public Tensor channelsLast() {
        return new Tensor(handle.contiguous(MemoryFormat.ChannelsLast));
    }

    /** A copy of its own. */
    public Tensor copy() {
        return new Tensor(handle.clone());
    }

    // --- computing ---

    public Tensor add(Tensor other) {
        return new Tensor(handle.add(other.handle));
    }

    public Tensor sub(Tensor other) {
        return new Tensor(handle.sub(other.handle));
    }

    public Tensor mul(Tensor other) {
        return new Tensor(handle.mul(other.handle));
    }

    public Tensor mul(double factor) {
        return new Tensor(handle.mul(new Scalar(factor)));
    }

    public Tensor div(Tensor other) {
        return new Tensor(handle.div(other.handle));
    }

    public Tensor div(double divisor) {
        return new Tensor(handle.div(new Scalar(divisor)));
    }

    public Tensor neg() {
        return new Tensor(handle.neg());
    }

    public Tensor exp() {
        return new Tensor(handle.exp());
    }

    public Tensor relu() {
        return StandInKernels.serve(this) ? StandInKernels.relu(this) : new Tensor(handle.relu());
    }

    public Tensor sigmoid() {
        return new Tensor(handle.sigmoid());
    }

    public Tensor softmax(int dim) {
        return new Tensor(handle.softmax(dim));
    }

    public Tensor logSoftmax(int dim) {
        return new Tensor(handle.log_softmax(dim));
    }

    /** Matrix product; leading dimensions are a batch. */
    public Tensor matmul(Tensor other) {
        return Functions.matmul(this, other);
    }

    public Tensor sum() {
        return new Tensor(handle.sum());
    }

    public Tensor sum(boolean keepDims, long... dims) {
        return new Tensor(handle.sum(dims, keepDims, new ScalarTypeOptional()));
    }

    public Tensor mean() {
        return new Tensor(handle.mean());
    }

    public Tensor mean(boolean keepDims, long... dims) {
        return new Tensor(handle.mean(dims, keepDims, new ScalarTypeOptional()));
    }

    /** The square root of the sum of squares of all elements. */
    public Tensor norm() {
        return new Tensor(handle.norm());
    }

    /** The first index of the maximum along a dimension, int64. */
    public Tensor argmax(int dim) {
        return new Tensor(handle.argmax(new LongOptional(dim), false));
    }

    // --- changing in place ---

    /** Overwrites the elements with another tensor's, converted to this one's type. */
    public void copyInPlace(Tensor source) {
        handle.copy_(source.handle);
    }

    /** Sets every element to 0. */
    public void zeroInPlace() {
        handle.zero_();
    }

    public void addInPlace(Tensor other) {
        handle.add_(other.handle);
    }

    public void addInPlace(long term) {
        handle.add_(new Scalar(term));
    }

    /** Takes the place of what this tensor was; both belong to no scope, and {@code other} is not used any more. */
    void become(Tensor other) {
        handle.releaseReference();
        handle = other.handle;
    }

    // --- gradients ---

    /** Marks this tensor as one that {@link Autograd#gradients} may be asked about. */
    public Tensor requireGradient() {
        handle.requires_grad_(true);
        return this;
    }

    /** Whether gradients are asked for of this tensor, or of one that it was computed from. */
    boolean followsGradient() {
        return handle.requires_grad();
    }

    /** The same values outside the graph of gradients. */
    public Tensor detach() {
        return new Tensor(handle.detach());
    }

    /** Frees a tensor that was taken out of its scope by {@link Scope#keep}. */
    @Override
    public void close() {
        handle.releaseReference();
    }
}

package org.osler.nn;

import org.osler.tensor.DType;
import org.osler.tensor.Tensor;

/** A place in a network's tree of names, such as {@code blocks.0.attn.}, where a layer declares its parameters. */
public final class Names {

    private final Parameters parameters;
    private final String prefix;

    Names(Parameters parameters, String prefix) {
        this.parameters = parameters;
        this.prefix = prefix;
    }

    /** The place one level down. */
    public Names in(String name) {
        return new Names(parameters, prefix + name + ".");
    }

    /** The place of a numbered part. */
    public Names in(int index) {
        return in(Integer.toString(index));
    }

    /** Declares a float32 parameter. */
    public Tensor parameter(String name, Init init, long... shape) {
        return parameters.declare(prefix + name, DType.FLOAT32, true, Parameters.Part.OTHER, init, shape);
    }

    /** Declares a float32 parameter of a norm. */
    Tensor norm(String name, Init init, long... shape) {
        return parameters.declare(prefix + name, DType.FLOAT32, true, Parameters.Part.NORM, init, shape);
    }

    /** Declares a float32 parameter of a linear layer or a convolution. */
    Tensor product(String name, Init init, long... shape) {
        return parameters.declare(prefix + name, DType.FLOAT32, true, Parameters.Part.PRODUCT, init, shape);
    }

    /** Declares a norm's float32 statistics: kept with the network, not trained. */
    Tensor statistics(String name, Init init, long... shape) {
        return parameters.declare(prefix + name, DType.FLOAT32, false, Parameters.Part.NORM, init, shape);
    }

    /** Makes a float32 table that the network computes for itself: neither trained nor part of weight files. */
    public Tensor constant(float[] values, long... shape) {
        return parameters.constant(values, shape);
    }

    /** The type that a layer with weights of some type computes in, see {@link Parameters#computeIn}. */
    DType products(DType weights) {
        return weights == DType.FLOAT32 ? parameters.products() : weights;
    }

    /** Whether products are computed in another type than that of the parameters. */
    boolean mixesTypes() {
        return parameters.products() != DType.FLOAT32;
    }

    /** Whether the network is on a graphics card. */
    boolean isOnCard() {
        return !parameters.device().isCpu();
    }

    /** Tells how a layer's parameters are {@linkplain Parameters#freeze packed}. */
    void packs(Parameters.Packing packing) {
        parameters.packs(prefix, packing);
    }

    /** Takes back how a layer's parameters are packed: they stay as they are. */
    void leavesUnpacked() {
        parameters.leavesUnpacked(prefix);
    }

    /** Tells how a norm is {@linkplain Parameters#freeze folded} into the layer before it. */
    void folds(Runnable folding) {
        parameters.folds(folding);
    }

    /** Declares a norm's int64 counter that starts at 0. */
    Tensor counter(String name) {
        return parameters.declare(prefix + name, DType.INT64, false, Parameters.Part.NORM, Init.ZEROS);
    }
}

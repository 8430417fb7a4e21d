package org.osler.nn;

/** How the linear layers of a network start. */
@FunctionalInterface
public interface LinearInit {

    /** Declares a layer from {@code in} to {@code out} features, with a bias or without. */
    Linear linear(Names names, long in, long out, boolean biased);

    /** Declares a layer with a bias. */
    default Linear linear(Names names, long in, long out) {
        return linear(names, in, out, true);
    }

    /** Weights normal with the given deviation, biases zero. */
    static LinearInit normal(double deviation) {
        return (names, in, out, biased) ->
                new Linear(names, in, out, Init.normal(deviation), biased ? Init.ZEROS : null);
    }

    /** PyTorch's default: weights and biases uniform in ±1/√in. */
    static LinearInit pytorchDefault() {
        return (names, in, out, biased) ->
                new Linear(names, in, out, Init.pytorchDefault(in), biased ? Init.pytorchDefault(in) : null);
    }
}

package org.osler.tensor;

import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.NumberType;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Type;

/** Arguments that the operators of {@link Packed} layers have in common. */
final class PackedArguments {

    private PackedArguments() {}

    static IValue optional(Tensor tensor) {
        return tensor == null ? new IValue() : new IValue(tensor.handle());
    }

    /** The values of a tensor that oneDNN arranged for itself, in plain order. */
    static Tensor dense(Tensor tensor) {
        return new Tensor(tensor.handle().to_dense());
    }

    /** No scalars: none of the activations has a parameter. */
    static IValue noScalars() {
        Type.TypePtr number = new Type.TypePtr(NumberType.getNumberIntTypePtr().get());
        return new IValue(new GenericList(OptionalType.get(number)));
    }

    /** Which formula an activation uses where oneDNN has several. */
    static IValue algorithm(Activation activation) {
        return activation == Activation.GELU ? new IValue("none") : new IValue();
    }
}

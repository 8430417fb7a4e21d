package org.osler.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.TensorVector;

/**
 * Tensors that go to an operator together again and again, boxed once: for small ones boxing takes longer than the
 * operator does. Holds them until closed.
 */
public final class TensorList implements AutoCloseable {

    private final IValue boxed;

    private TensorList(IValue boxed) {
        this.boxed = boxed;
    }

    /** Boxes tensors; their elements stay theirs, so what is written into them later is seen. */
    public static TensorList of(List<Tensor> tensors) {
        try (Scope scope = Scope.open()) {
            IValue boxed = Operators.list(tensors);
            boxed.retainReference();
            return new TensorList(boxed);
        }
    }

    /** The tensors, as ones of the innermost scope. */
    List<Tensor> tensors() {
        TensorVector vector = boxed.toTensorVector();
        List<Tensor> tensors = new ArrayList<>();
        for (long i = 0; i < vector.size(); i++) {
            tensors.add(new Tensor(new org.bytedeco.pytorch.Tensor(vector.get(i))));
        }
        return tensors;
    }

    IValue boxed() {
        return boxed;
    }

    @Override
    public void close() {
        boxed.releaseReference();
    }
}

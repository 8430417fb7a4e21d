package org.osler.tensor;

import java.util.List;
import org.bytedeco.pytorch.IValue;

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

    IValue boxed() {
        return boxed;
    }

    @Override
    public void close() {
        boxed.releaseReference();
    }
}

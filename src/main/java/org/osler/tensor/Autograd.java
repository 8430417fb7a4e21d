package org.osler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Gradients, asked for rather than accumulated: nothing to zero between steps. */
public final class Autograd {

    private Autograd() {}

    /**
     * The gradients of a scalar with respect to tensors that require them, in their order.
     *
     * @throws RuntimeException if the scalar does not depend on one of them
     */
    public static List<Tensor> gradients(Tensor scalar, List<Tensor> parameters) {
        Scope.requireOpen();
        TensorVector inputs = vector(parameters);
        TensorVector found = torch.grad(
                new TensorVector(scalar.handle()), inputs, new TensorVector(), new BoolOptional(false), false, false);
        List<Tensor> gradients = new ArrayList<>(parameters.size());
        for (long i = 0; i < found.size(); i++) {
            // The vector's elements die with it; a gradient may be handed to an outer scope.
            gradients.add(new Tensor(new org.bytedeco.pytorch.Tensor(found.get(i))));
        }
        return gradients;
    }

    /** Runs a computation without recording a graph. */
    public static <T> T off(Supplier<T> computation) {
        Libtorch.load();
        // close() runs the guard's destructor, which restores the mode of before.
        try (AutoGradMode guard = new AutoGradMode(false)) {
            return computation.get();
        }
    }

    /** Runs an action without recording a graph. */
    public static void off(Runnable action) {
        off(() -> {
            action.run();
            return null;
        });
    }

    static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.stream().map(Tensor::handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }
}

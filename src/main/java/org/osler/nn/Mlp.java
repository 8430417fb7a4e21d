package org.osler.nn;

import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** Two linear layers with a GELU between them. */
public final class Mlp {

    private final Linear fc1;
    private final Linear fc2;

    public Mlp(Names names, int features, int hidden, Init weightInit) {
        this.fc1 = new Linear(names.in("fc1"), features, hidden, weightInit, Init.ZEROS);
        this.fc2 = new Linear(names.in("fc2"), hidden, features, weightInit, Init.ZEROS);
    }

    /** Maps [..., features] to [..., features]. */
    public Tensor forward(Tensor x) {
        return fc2.forward(Functions.gelu(fc1.forward(x)));
    }
}

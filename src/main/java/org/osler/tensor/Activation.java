package org.osler.tensor;

import org.bytedeco.pytorch.global.torch;

/** What follows a linear layer or a convolution, element by element; packed layers compute it in the same pass. */
public enum Activation {
    NONE("none"),
    RELU("relu"),
    /** Exact, as {@link Functions#gelu}. */
    GELU("gelu"),
    SILU("swish");

    private final String oneDnnName;

    Activation(String oneDnnName) {
        this.oneDnnName = oneDnnName;
    }

    String oneDnnName() {
        return oneDnnName;
    }

    /** The activation as an operator of its own. */
    public Tensor of(Tensor x) {
        return switch (this) {
            case NONE -> x;
            case RELU -> x.relu();
            case GELU -> Functions.gelu(x);
            case SILU -> Functions.silu(x);
        };
    }

    /** The same of what was just made and nobody else needs: it is overwritten, unless gradients are asked for. */
    public Tensor over(Tensor x) {
        if (x.followsGradient() || StandInKernels.serve(x)) {
            return of(x);
        }
        switch (this) {
            case NONE -> {}
            case RELU -> x.handle().relu_();
            case GELU -> torch.gelu_(x.handle());
            case SILU -> torch.silu_(x.handle());
        }
        return x;
    }
}

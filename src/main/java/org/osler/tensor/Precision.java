package org.osler.tensor;

import java.util.Locale;

/** The arithmetic of an encoder. */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /**
     * Products in bfloat16. Frozen encoders keep everything in it but what norms do inside; in training the parameters,
     * their gradients and the optimiser stay in float32, and products read copies. Heads and losses are in float32.
     */
    BF16;

    /** The type that products are computed in. */
    public DType type() {
        return this == BF16 ? DType.BFLOAT16 : DType.FLOAT32;
    }

    /** The name used in study files and tables: {@code fp32}, {@code bf16}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

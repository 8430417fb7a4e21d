package org.osler.tensor;

import java.util.Locale;

/** The arithmetic of an encoder. */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** Linear layers and convolutions in bfloat16; norms, and sums over branches, in 32-bit floats. */
    BF16;

    /** The name used in study files and tables: {@code fp32}, {@code bf16}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

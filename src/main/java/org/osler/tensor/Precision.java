package org.osler.tensor;

import java.util.Locale;

/** The arithmetic of an encoder. */
public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** Everything in bfloat16 but what norms do inside, and the heads. */
    BF16;

    /** The name used in study files and tables: {@code fp32}, {@code bf16}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

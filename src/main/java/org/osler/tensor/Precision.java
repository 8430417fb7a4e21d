package org.osler.tensor;

/** The element type that encoders compute in. */
public enum Precision {
    FP32("fp32", DType.FLOAT32),
    BF16("bf16", DType.BFLOAT16);

    private final String id;
    private final DType dtype;

    Precision(String id, DType dtype) {
        this.id = id;
        this.dtype = dtype;
    }

    /** The name in files and options: {@code fp32}, {@code bf16}. */
    public String id() {
        return id;
    }

    /** The element type of products. */
    public DType dtype() {
        return dtype;
    }
}

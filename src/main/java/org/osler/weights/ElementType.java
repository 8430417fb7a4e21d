package org.osler.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a tensor in a safetensors file is made of; the constants carry the format's own names. */
public enum ElementType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes that one element takes. */
    public int bytes() {
        return bytes;
    }

    static Optional<ElementType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Enum::name).toList();
    }
}

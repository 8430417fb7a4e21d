package org.osler.tensor;

import java.util.regex.Pattern;

/** Tells what libtorch throws where memory is short from all else that it throws: they differ by their words only. */
public final class OutOfMemory {

    /** libtorch's allocators for processors ({@code c10/core/impl/alloc_cpu.cpp}) and for graphics cards, and C++ itself. */
    private static final Pattern WORDS = Pattern.compile(
            "DefaultCPUAllocator: (not enough|can't allocate) memory|CUDA out of memory|CUDA error: out of memory|"
                    + "CU(BLAS|DNN)_STATUS_ALLOC_FAILED|std::bad_alloc");

    private OutOfMemory() {}

    /** Whether this was thrown because there was too little memory, in libtorch or in the Java heap. */
    public static boolean isCauseOf(Throwable fault) {
        if (fault instanceof OutOfMemoryError) {
            return true;
        }
        return fault instanceof RuntimeException
                && fault.getMessage() != null
                && WORDS.matcher(fault.getMessage()).find();
    }
}

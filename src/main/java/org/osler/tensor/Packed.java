package org.osler.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Layers whose weights no longer change, rearranged once into
 * the blocks that oneDNN's kernels read, so that no call has to do it again, with what follows the product computed
 * while its result is still in the cache. The operators are those that PyTorch's compiler uses for frozen models.
 *
 * <p>Where the processor has no instructions for bfloat16, layers of that type keep their weights in float32 and compute in
 * it, see {@link BFloat16Products}; what comes in and goes out is bfloat16 all the same.
 */
public sealed interface Packed extends AutoCloseable permits PackedLinear, PackedConv2d {

    /** The type of inputs and results, and of the weights as they came. */
    DType type();

    @Override
    void close();

    /**
     * Whether layers of this type can be packed here: float32 and bfloat16, where libtorch has oneDNN, on x86-64.
     */
    static boolean available(DType type) {
        Libtorch.load();
        boolean oneDnn = System.getProperty("os.arch").equals("amd64") && torch.hasMKLDNN();
        return oneDnn && (type == DType.FLOAT32 || type == DType.BFLOAT16);
    }
}

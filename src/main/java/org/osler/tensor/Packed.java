package org.osler.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Layers whose weights no longer change, rearranged once into
 * the blocks that oneDNN's kernels read, so that no call has to do it again, with what follows the product computed
 * while its result is still in the cache. The operators are those that PyTorch's compiler uses for frozen models.
 */
public sealed interface Packed extends AutoCloseable permits PackedLinear, PackedConv2d {

    /** The type of weights, inputs and results. */
    DType type();

    @Override
    void close();

    /**
     * Whether layers of this type can be packed here: libtorch has oneDNN on x86-64, and the processor is one for which
     * oneDNN has kernels of that type.
     */
    static boolean available(DType type) {
        Libtorch.load();
        boolean oneDnn = System.getProperty("os.arch").equals("amd64") && torch.hasMKLDNN();
        return oneDnn && (type == DType.FLOAT32 || (type == DType.BFLOAT16 && Libtorch.hasAvx512()));
    }
}

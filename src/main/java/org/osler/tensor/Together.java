package org.osler.tensor;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;

/**
 * Whether tensors lie on one device. A card's kernels refuse others with an error, but libtorch's stand-in for a card does
 * not always: operators of several tensors assert it, which costs nothing where assertions are off.
 */
final class Together {

    private Together() {}

    /** Whether they do; null stands for a tensor that is not given. */
    static boolean on(Tensor... tensors) {
        return on(Arrays.asList(tensors));
    }

    static boolean on(Collection<Tensor> tensors) {
        long devices = tensors.stream()
                .filter(Objects::nonNull)
                .map(Tensor::device)
                .distinct()
                .count();
        if (devices > 1) {
            throw new IllegalArgumentException("tensors of one operator lie on several devices: "
                    + tensors.stream()
                            .map(tensor ->
                                    tensor == null ? "none" : tensor.device().id())
                            .toList());
        }
        return true;
    }
}

package org.osler.tensor;

import java.util.function.Function;

/**
 * Products of bfloat16 numbers on processors without instructions for them. libtorch's own are loops there that multiply
 * one number after the other. (On one core of an EPYC with AVX2, 8 GFLOP/s beside 86 in float32.) So the factors become
 * float32, which holds every bfloat16 number, and the result is rounded once. Instructions for bfloat16, too, sum in
 * float32: the numbers are the same up to the order of the sums. So are those of gradients, which the conversions round
 * where they pass.
 */
final class BFloat16Products {

    private BFloat16Products() {}

    /** The answer, found when it is first asked for. */
    private static final class Instructions {
        private static final boolean THERE = Processor.multipliesBFloat16();

        private Instructions() {}
    }

    /** Whether a tensor is bfloat16 on a processor that has to compute in float32 instead. */
    static boolean serve(Tensor x) {
        return x.dtype() == DType.BFLOAT16 && x.handle().is_cpu() && !Instructions.THERE;
    }

    /** The type in which this processor computes products of a type. */
    static DType computed(DType type) {
        return type == DType.BFLOAT16 && !Instructions.THERE ? DType.FLOAT32 : type;
    }

    /**
     * Computes in another type.
     *
     * @param type of the factors that {@code product} is given
     * @param factors bfloat16 or of that type; null stands for one that is not given
     * @return the product in the first factor's own type
     */
    static Tensor in(DType type, Function<Tensor[], Tensor> product, Tensor... factors) {
        DType own = factors[0].dtype();
        if (own == type) {
            return product.apply(factors);
        }
        try (Scope scope = Scope.open()) {
            Tensor[] converted = new Tensor[factors.length];
            for (int i = 0; i < factors.length; i++) {
                converted[i] = factors[i] == null ? null : factors[i].to(type);
            }
            return scope.handOver(product.apply(converted).to(own));
        }
    }

    /** As {@link #in} float32. */
    static Tensor inFloat32(Function<Tensor[], Tensor> product, Tensor... factors) {
        return in(DType.FLOAT32, product, factors);
    }
}

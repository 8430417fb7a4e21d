package org.osler.tensor;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.global.torch;

/** Products of complex numbers whose two parts lie side by side. */
public final class ComplexProduct {

    private ComplexProduct() {}

    /**
     * {@code (a + ib)·(c + is)} of each pair of neighbours, in one pass.
     *
     * @param x float32 [..., 2n]: a, b, a, b …
     * @param real c, float32 [..., n], broadcast
     * @param imaginary s, of the same shape
     * @return [..., 2n]
     */
    public static Tensor ofNeighbours(Tensor x, Tensor real, Tensor imaginary) {
        assert Together.on(x, real, imaginary);
        if (StandInKernels.serve(x)) {
            return StandInKernels.complexProduct(x, real, imaginary);
        }
        long[] shape = x.shape();
        long[] pairs = new long[shape.length + 1];
        System.arraycopy(shape, 0, pairs, 0, shape.length);
        pairs[shape.length - 1] = shape[shape.length - 1] / 2;
        pairs[shape.length] = 2;
        Tensor factor = Operators.callForTensor(
                Operators.find("aten::complex"), new IValue(real.handle()), new IValue(imaginary.handle()));
        Tensor numbers = new Tensor(torch.view_as_complex(x.reshape(pairs).handle()));
        return new Tensor(torch.view_as_real(numbers.mul(factor).handle())).reshape(shape);
    }
}

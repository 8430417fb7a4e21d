package org.osler.tensor;

import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;

/** What fixed-point arithmetic on pixels needs of whole numbers. */
public final class WholeNumbers {

    private static final int LARGEST_BYTE = 255;

    private WholeNumbers() {}

    /**
     * {@code min(x / 2^places, 255)}, rounded down.
     *
     * @param x int32, not negative
     * @return uint8
     */
    public static Tensor bytes(Tensor x, int places) {
        Tensor shifted = Operators.callForTensor(
                Operators.find("aten::bitwise_right_shift.Tensor_Scalar"),
                new IValue(x.handle()),
                new IValue(new Scalar(places)));
        return new Tensor(shifted.handle().clamp_max(new Scalar(LARGEST_BYTE))).to(DType.UINT8);
    }
}

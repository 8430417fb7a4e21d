package org.osler.tensor;

import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Convolutions, forwards. */
final class Convolution {

    private Convolution() {}

    /** A convolution by whichever is quickest, see {@link Functions#conv2d}. */
    static Tensor of(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long groups) {
        if (BFloat16Products.serve(x)) {
            return BFloat16Products.inFloat32(f -> of(f[0], f[1], f[2], stride, padding, groups), x, weight, bias);
        }
        if (isOneWindow(x, weight, padding, groups)) {
            return Functions.linear(x.flatten(1, 3), weight.flatten(1, 3), bias).view(x.size(0), weight.size(0), 1, 1);
        }
        return plain(x, weight, bias, stride, padding, groups);
    }

    static Tensor plain(Tensor x, Tensor weight, Tensor bias, long stride, long padding, long groups) {
        return new Tensor(torch.conv2d(
                x.handle(),
                weight.handle(),
                bias == null ? new TensorOptional() : new TensorOptional(bias.handle()),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                groups));
    }

    /**
     * Whether a convolution is a linear layer, its kernel as large as the image. oneDNN's convolution takes ten times as
     * long for such, forwards and backwards: VGG16's first dense layer, 7 × 7 pixels of 512 channels to 4,096.
     */
    static boolean isOneWindow(Tensor x, Tensor weight, long padding, long groups) {
        boolean whole = x.size(2) == weight.size(2) && x.size(3) == weight.size(3);
        return whole && padding == 0 && groups == 1 && x.handle().is_cpu();
    }
}

package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.nn.BatchNorm2d;
import org.osler.nn.Conv2d;
import org.osler.nn.Init;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;

/** ResNet (He et al. 2015, arXiv 1512.03385) as timm builds {@code resnet18}, {@code resnet34} and {@code resnet50}. */
final class ResNet extends Network {

    static final List<Architecture> ARCHITECTURES = List.of(
            architecture("resnet18", 512, 11_176_512, 1_813_561_344L, false, 2, 2, 2, 2),
            architecture("resnet34", 512, 21_284_672, 3_663_249_408L, false, 3, 4, 6, 3),
            architecture("resnet50", 2048, 23_508_032, 4_087_136_256L, true, 3, 4, 6, 3),
            architecture("resnet101", 2048, 42_500_160, 7_799_357_440L, true, 3, 4, 23, 3));

    private static final int[] WIDTHS = {64, 128, 256, 512};

    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * Declares the network.
     *
     * @param depths blocks in each of the four stages
     * @param bottleneck whether blocks are 1×1, 3×3, 1×1 convolutions with four times the width at their end
     */
    ResNet(EncoderCard card, int input, int[] depths, boolean bottleneck) {
        super(card, input);
        Names names = names();
        this.conv1 = convolution(names.in("conv1"), 3, 64, 7, 2);
        this.bn1 = new BatchNorm2d(names.in("bn1"), 64, Init.ONES);
        int in = 64;
        for (int stage = 0; stage < depths.length; stage++) {
            int out = WIDTHS[stage] * (bottleneck ? 4 : 1);
            for (int i = 0; i < depths[stage]; i++) {
                int stride = stage > 0 && i == 0 ? 2 : 1;
                blocks.add(
                        new Block(names.in("layer" + (stage + 1)).in(i), in, WIDTHS[stage], out, stride, bottleneck));
                in = out;
            }
        }
    }

    private static Architecture architecture(
            String name, int features, long parameters, long multiplyAdds, boolean bottleneck, int... depths) {
        return new Architecture(
                name,
                Architecture.Family.CNN,
                features,
                224,
                parameters,
                multiplyAdds,
                (card, input) -> new ResNet(card, input, depths, bottleneck));
    }

    @Override
    public Tensor features(Tensor images, Mode mode) {
        Tensor x = bn1.forward(conv1.forward(images.channelsLast()), mode).relu();
        x = Functions.maxPool2d(x, 3, 2, 1);
        for (Block block : blocks) {
            x = block.forward(x, mode);
        }
        return x.mean(false, 2, 3);
    }

    @Override
    public HeadInit headInit() {
        Init init = Init.pytorchDefault(card().features());
        return new HeadInit(init, init);
    }

    private static Conv2d convolution(Names names, int in, int out, int kernel, int stride) {
        Init init = Init.kaimingFanOut((long) out * kernel * kernel);
        return Conv2d.plain(names, in, out, kernel, stride, kernel / 2, init);
    }

    /** A residual block: basic (two 3×3 convolutions) or bottleneck. */
    private static final class Block {

        private final List<Conv2d> convolutions = new ArrayList<>();
        private final List<BatchNorm2d> norms = new ArrayList<>();
        private final Conv2d downsample;
        private final BatchNorm2d downsampleNorm;

        Block(Names names, int in, int width, int out, int stride, boolean bottleneck) {
            if (bottleneck) {
                add(names, in, width, 1, 1, Init.ONES);
                add(names, width, width, 3, stride, Init.ONES);
                add(names, width, out, 1, 1, Init.ZEROS);
            } else {
                add(names, in, width, 3, stride, Init.ONES);
                add(names, width, out, 3, 1, Init.ZEROS);
            }
            boolean reshapes = stride != 1 || in != out;
            Names shortcut = names.in("downsample");
            this.downsample = reshapes ? convolution(shortcut.in(0), in, out, 1, stride) : null;
            this.downsampleNorm = reshapes ? new BatchNorm2d(shortcut.in(1), out, Init.ONES) : null;
        }

        private void add(Names names, int in, int out, int kernel, int stride, Init normInit) {
            int number = convolutions.size() + 1;
            convolutions.add(convolution(names.in("conv" + number), in, out, kernel, stride));
            norms.add(new BatchNorm2d(names.in("bn" + number), out, normInit));
        }

        Tensor forward(Tensor x, Mode mode) {
            Tensor shortcut = downsample == null ? x : downsampleNorm.forward(downsample.forward(x), mode);
            Tensor y = x;
            for (int i = 0; i < convolutions.size(); i++) {
                y = norms.get(i).forward(convolutions.get(i).forward(y), mode);
                if (i < convolutions.size() - 1) {
                    y = y.relu();
                }
            }
            return y.add(shortcut).relu();
        }
    }
}

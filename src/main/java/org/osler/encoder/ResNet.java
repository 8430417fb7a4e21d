package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.nn.BatchNorm2d;
import org.osler.nn.Conv2d;
import org.osler.nn.ConvNorm;
import org.osler.nn.Init;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.tensor.Activation;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** ResNet (He et al. 2015, arXiv 1512.03385) as timm builds {@code resnet18}, {@code resnet34} and {@code resnet50}. */
final class ResNet extends Network {

    static final List<Architecture> ARCHITECTURES = List.of(
            architecture("resnet18", 512, 11_176_512, 1_813_561_344L, false, 2, 2, 2, 2),
            architecture("resnet34", 512, 21_284_672, 3_663_249_408L, false, 3, 4, 6, 3),
            architecture("resnet50", 2048, 23_508_032, 4_087_136_256L, true, 3, 4, 6, 3),
            architecture("resnet101", 2048, 42_500_160, 7_799_357_440L, true, 3, 4, 23, 3));

    private static final int[] WIDTHS = {64, 128, 256, 512};

    private final ConvNorm stem;
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
        this.stem = convNorm(names, "conv1", "bn1", Init.ONES, 3, 64, 7, 2);
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
                true,
                features,
                224,
                parameters,
                multiplyAdds,
                (card, input) -> new ResNet(card, input, depths, bottleneck));
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        Tensor stemmed = Scope.of(
                () -> Functions.maxPool2d(stem.forward(images.channelsLast(), mode, Activation.RELU), 3, 2, 1));
        Tensor x = Scope.chain(stemmed, blocks, (block, maps) -> block.forward(maps, mode));
        return SpatialFeatures.ofMaps(x, maps -> maps.mean(false, 2, 3));
    }

    @Override
    public HeadInit headInit() {
        Init init = Init.pytorchDefault(card().features());
        return new HeadInit(init, init);
    }

    private static ConvNorm convNorm(
            Names names, String convolution, String norm, Init normInit, int in, int out, int kernel, int stride) {
        Init init = Init.kaimingFanOut((long) out * kernel * kernel);
        return new ConvNorm(
                names,
                Conv2d.plain(names.in(convolution), in, out, kernel, stride, kernel / 2, init),
                new BatchNorm2d(names.in(norm), out, normInit));
    }

    /** A residual block: basic (two 3×3 convolutions) or bottleneck. */
    private static final class Block {

        private final List<ConvNorm> layers = new ArrayList<>();
        private final ConvNorm downsample;

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
            this.downsample =
                    reshapes ? convNorm(names.in("downsample"), "0", "1", Init.ONES, in, out, 1, stride) : null;
        }

        private void add(Names names, int in, int out, int kernel, int stride, Init normInit) {
            int number = layers.size() + 1;
            layers.add(convNorm(names, "conv" + number, "bn" + number, normInit, in, out, kernel, stride));
        }

        Tensor forward(Tensor x, Mode mode) {
            Tensor shortcut = downsample == null ? x : downsample.forward(x, mode, Activation.NONE);
            int last = layers.size() - 1;
            Tensor y = x;
            for (ConvNorm layer : layers.subList(0, last)) {
                y = layer.forward(y, mode, Activation.RELU);
            }
            return layers.get(last).forwardAndAdd(y, shortcut, mode, Activation.RELU);
        }
    }
}

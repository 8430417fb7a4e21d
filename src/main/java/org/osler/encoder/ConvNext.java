package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.nn.Conv2d;
import org.osler.nn.Init;
import org.osler.nn.LayerNorm;
import org.osler.nn.LayerNorm2d;
import org.osler.nn.LayerScale;
import org.osler.nn.LinearInit;
import org.osler.nn.Mlp;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/** ConvNeXt (Liu et al. 2022, arXiv 2201.03545) as timm builds {@code convnext_tiny}. */
final class ConvNext extends Network {

    static final List<Architecture> ARCHITECTURES = List.of(new Architecture(
            "convnext_tiny",
            Architecture.Family.CNN,
            false,
            768,
            224,
            27_820_128,
            4_454_763_264L,
            (card, input) -> new ConvNext(card, input, new int[] {3, 3, 9, 3}, new int[] {96, 192, 384, 768})));

    private static final double EPSILON = 1e-6;
    private static final double LAYER_SCALE = 1e-6;
    private static final double DEVIATION = 0.02;
    private static final Init TRUNCATED_NORMAL = Init.normal(DEVIATION);
    private static final LinearInit LINEAR = LinearInit.normal(DEVIATION);
    private static final int STEM_PATCH = 4;

    /** Leaves one pixel in the last stage. */
    private static final int SMALLEST_INPUT = 32;

    private final List<Stage> stages = new ArrayList<>();
    private final LayerNorm norm;

    /**
     * Declares the network.
     *
     * @param depths blocks in each of the stages
     * @param widths channels in each of the stages
     */
    ConvNext(EncoderCard card, int input, int[] depths, int[] widths) {
        super(card, input);
        card.requireInput(input, SMALLEST_INPUT);
        Names names = names();
        for (int i = 0; i < depths.length; i++) {
            stages.add(
                    i == 0
                            ? Stage.first(names, depths[0], widths[0])
                            : Stage.later(names.in("stages").in(i), depths[i], widths[i - 1], widths[i]));
        }
        this.norm = new LayerNorm(names.in("head").in("norm"), card.features(), EPSILON);
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        Tensor x = Scope.chain(images.channelsLast(), stages, Stage::forward);
        return SpatialFeatures.ofMaps(x, maps -> norm.forward(maps.mean(false, 2, 3)));
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(TRUNCATED_NORMAL, Init.ZEROS);
    }

    private static Conv2d patches(Names names, int in, int out, int side) {
        return Conv2d.withZeroBias(names, in, out, side, side, 0, TRUNCATED_NORMAL);
    }

    /** Blocks of one width, after a convolution of patches side by side that makes the map smaller. */
    private static final class Stage {

        private final Conv2d downsample;
        private final LayerNorm2d downsampleNorm;
        private final boolean first;
        private final List<Block> blocks = new ArrayList<>();

        private Stage(Names names, int depth, int width, Conv2d downsample, LayerNorm2d downsampleNorm, boolean first) {
            this.downsample = downsample;
            this.downsampleNorm = downsampleNorm;
            this.first = first;
            for (int i = 0; i < depth; i++) {
                blocks.add(new Block(names.in("blocks").in(i), width));
            }
        }

        /** The stage that sees images: its convolution, then its norm, are the stem. */
        static Stage first(Names root, int depth, int width) {
            Names stem = root.in("stem");
            Conv2d convolution = patches(stem.in(0), 3, width, STEM_PATCH);
            LayerNorm2d norm = new LayerNorm2d(stem.in(1), width, EPSILON);
            return new Stage(root.in("stages").in(0), depth, width, convolution, norm, true);
        }

        /** A stage that sees the one before: norm, then convolution. */
        static Stage later(Names names, int depth, int in, int width) {
            Names downsample = names.in("downsample");
            LayerNorm2d norm = new LayerNorm2d(downsample.in(0), in, EPSILON);
            return new Stage(names, depth, width, patches(downsample.in(1), in, width, 2), norm, false);
        }

        Tensor forward(Tensor x) {
            Tensor y = first
                    ? downsampleNorm.forward(downsample.forward(x))
                    : downsample.forward(downsampleNorm.forward(x));
            return Scope.chain(y, blocks, Block::forward);
        }
    }

    /** A residual block: depthwise 7×7 convolution, then norm and perceptron pixel by pixel, then layer scale. */
    private static final class Block {

        private final Conv2d depthwise;
        private final LayerNorm norm;
        private final Mlp mlp;

        Block(Names names, int width) {
            this.depthwise = Conv2d.depthwiseWithZeroBias(names.in("conv_dw"), width, 7, TRUNCATED_NORMAL);
            this.norm = new LayerNorm(names.in("norm"), width, EPSILON);
            LayerScale scale = new LayerScale(names, "gamma", width, LAYER_SCALE);
            this.mlp = new Mlp(names.in("mlp"), width, 4 * width, LINEAR, LINEAR, scale);
        }

        Tensor forward(Tensor x) {
            Tensor pixels = depthwise.forward(x).permute(0, 2, 3, 1);
            return mlp.forwardAndAdd(norm.forward(pixels), x.permute(0, 2, 3, 1))
                    .permute(0, 3, 1, 2);
        }
    }
}

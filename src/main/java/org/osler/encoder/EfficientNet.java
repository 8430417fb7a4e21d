package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import org.osler.SeededRandom;
import org.osler.nn.BatchNorm2d;
import org.osler.nn.Conv2d;
import org.osler.nn.ConvNorm;
import org.osler.nn.Init;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.nn.SqueezeExcite;
import org.osler.tensor.Activation;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * EfficientNet (Tan and Le 2019, arXiv 1905.11946) as timm builds {@code efficientnet_b4}: symmetric padding and
 * PyTorch's batch norm, unlike the TensorFlow original, and no stochastic depth.
 */
final class EfficientNet extends Network {

    /**
     * Blocks of one width.
     *
     * @param depth number of blocks
     * @param kernel side of the depthwise convolutions
     * @param stride of the first block; the others have 1
     * @param expansion how many times wider a block is inside
     * @param width output channels
     */
    private record Stage(int depth, int kernel, int stride, int expansion, int width) {}

    /** B0 with 1.8 times the blocks, rounded up, and 1.4 times the channels, rounded to multiples of 8. */
    private static final List<Stage> B4 = List.of(
            new Stage(2, 3, 1, 1, 24),
            new Stage(4, 3, 2, 6, 32),
            new Stage(4, 5, 2, 6, 56),
            new Stage(6, 3, 2, 6, 112),
            new Stage(6, 5, 1, 6, 160),
            new Stage(8, 5, 2, 6, 272),
            new Stage(2, 3, 1, 6, 448));

    static final List<Architecture> ARCHITECTURES = List.of(new Architecture(
            "efficientnet_b4",
            Architecture.Family.CNN,
            true,
            1792,
            224,
            17_548_616,
            1_501_918_432L,
            (card, input) -> new EfficientNet(card, input, 48, B4)));

    private final ConvNorm stem;
    private final List<Block> blocks = new ArrayList<>();
    private final ConvNorm last;

    /**
     * Declares the network.
     *
     * @param stemWidth channels of the first convolution
     */
    EfficientNet(EncoderCard card, int input, int stemWidth, List<Stage> stages) {
        super(card, input);
        Names names = names();
        this.stem = new ConvNorm(
                names,
                Conv2d.plain(names.in("conv_stem"), 3, stemWidth, 3, 2, 1, Init.kaimingFanOut(9L * stemWidth)),
                new BatchNorm2d(names.in("bn1"), stemWidth, Init.ONES));
        int in = stemWidth;
        for (int s = 0; s < stages.size(); s++) {
            Stage stage = stages.get(s);
            for (int i = 0; i < stage.depth(); i++) {
                blocks.add(new Block(names.in("blocks").in(s).in(i), in, i == 0 ? stage.stride() : 1, stage));
                in = stage.width();
            }
        }
        this.last = pointwise(names, "conv_head", "bn2", in, card.features());
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        Tensor x = stem.forward(images.channelsLast(), mode, Activation.SILU);
        x = Scope.chain(x, blocks, (block, maps) -> block.forward(maps, mode));
        return SpatialFeatures.ofMaps(last.forward(x, mode, Activation.SILU), maps -> maps.mean(false, 2, 3));
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(this::drawHead, Init.ZEROS);
    }

    /** Uniform in ±1/√C for C classes: the number of outputs decides here, not of inputs. */
    private void drawHead(float[] values, SeededRandom random) {
        int classes = values.length / card().features();
        Init.uniform(1 / Math.sqrt(classes)).fill(values, random);
    }

    private static ConvNorm pointwise(Names names, String convolution, String norm, int in, int out) {
        return new ConvNorm(
                names,
                Conv2d.plain(names.in(convolution), in, out, 1, 1, 0, Init.kaimingFanOut(out)),
                new BatchNorm2d(names.in(norm), out, Init.ONES));
    }

    /**
     * An inverted residual block (Sandler et al. 2018, arXiv 1801.04381) with squeeze-and-excitation: expand, convolve
     * each channel, gate, project. Without expansion its first step, and that step's place in the names, fall away.
     */
    private static final class Block {

        private final ConvNorm expand;
        private final ConvNorm depthwise;
        private final SqueezeExcite squeezeExcite;
        private final ConvNorm project;
        private final boolean residual;

        Block(Names names, int in, int stride, Stage stage) {
            boolean expands = stage.expansion() > 1;
            int width = in * stage.expansion();
            int kernel = stage.kernel();
            this.expand = expands ? pointwise(names, "conv_pw", "bn1", in, width) : null;
            // A channel of its own has one output: k² values.
            Init init = Init.kaimingFanOut((long) kernel * kernel);
            this.depthwise = new ConvNorm(
                    names,
                    Conv2d.depthwise(names.in("conv_dw"), width, kernel, stride, init),
                    new BatchNorm2d(names.in(expands ? "bn2" : "bn1"), width, Init.ONES));
            this.squeezeExcite = new SqueezeExcite(names.in("se"), width, in / 4);
            this.project = expands
                    ? pointwise(names, "conv_pwl", "bn3", width, stage.width())
                    : pointwise(names, "conv_pw", "bn2", width, stage.width());
            this.residual = stride == 1 && in == stage.width();
        }

        Tensor forward(Tensor x, Mode mode) {
            Tensor y = expand == null ? x : expand.forward(x, mode, Activation.SILU);
            y = squeezeExcite.forward(depthwise.forward(y, mode, Activation.SILU));
            return residual
                    ? project.forwardAndAdd(y, x, mode, Activation.NONE)
                    : project.forward(y, mode, Activation.NONE);
        }
    }
}

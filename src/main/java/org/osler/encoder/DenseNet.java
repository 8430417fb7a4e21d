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

/** DenseNet-BC (Huang et al. 2016, arXiv 1608.06993) as timm builds {@code densenet121}. */
final class DenseNet extends Network {

    static final List<Architecture> ARCHITECTURES = List.of(new Architecture(
            "densenet121",
            Architecture.Family.CNN,
            1024,
            224,
            6_953_856,
            2_833_137_664L,
            (card, input) -> new DenseNet(card, input, 6, 12, 24, 16)));

    /** How many channels each layer adds. */
    private static final int GROWTH = 32;

    /** Width of a layer's 1×1 convolution. */
    private static final int BOTTLENECK = 4 * GROWTH;

    /** Leaves one pixel after the last transition. */
    private static final int SMALLEST_INPUT = 29;

    private final Conv2d stem;
    private final BatchNorm2d stemNorm;
    private final List<List<NormReluConv>> blocks = new ArrayList<>();
    private final List<NormReluConv> transitions = new ArrayList<>();
    private final BatchNorm2d lastNorm;

    /**
     * Declares the network.
     *
     * @param depths layers in each of the dense blocks; a transition that halves channels and sides stands between two
     */
    DenseNet(EncoderCard card, int input, int... depths) {
        super(card, input);
        card.requireInput(input, SMALLEST_INPUT);
        Names names = names().in("features");
        int width = 2 * GROWTH;
        this.stem = convolution(names.in("conv0"), 3, width, 7, 2);
        this.stemNorm = new BatchNorm2d(names.in("norm0"), width, Init.ONES);
        for (int block = 1; block <= depths.length; block++) {
            Names place = names.in("denseblock" + block);
            List<NormReluConv> layers = new ArrayList<>();
            for (int i = 1; i <= depths[block - 1]; i++) {
                Names layer = place.in("denselayer" + i);
                layers.add(new NormReluConv(layer.in("norm1"), layer.in("conv1"), width, BOTTLENECK, 1));
                layers.add(new NormReluConv(layer.in("norm2"), layer.in("conv2"), BOTTLENECK, GROWTH, 3));
                width += GROWTH;
            }
            blocks.add(layers);
            if (block < depths.length) {
                Names transition = names.in("transition" + block);
                transitions.add(new NormReluConv(transition.in("norm"), transition.in("conv"), width, width / 2, 1));
                width /= 2;
            }
        }
        this.lastNorm = new BatchNorm2d(names.in("norm" + (depths.length + 1)), width, Init.ONES);
    }

    @Override
    public Tensor features(Tensor images, Mode mode) {
        Tensor x = stemNorm.forward(stem.forward(images.channelsLast()), mode).relu();
        x = Functions.maxPool2d(x, 3, 2, 1);
        for (int block = 0; block < blocks.size(); block++) {
            List<NormReluConv> layers = blocks.get(block);
            for (int i = 0; i < layers.size(); i += 2) {
                Tensor added = layers.get(i + 1).forward(layers.get(i).forward(x, mode), mode);
                x = Functions.cat(List.of(x, added), 1);
            }
            if (block < transitions.size()) {
                x = Functions.averagePool2d(transitions.get(block).forward(x, mode), 2);
            }
        }
        return lastNorm.forward(x, mode).relu().mean(false, 2, 3);
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(Init.pytorchDefault(card().features()), Init.ZEROS);
    }

    private static Conv2d convolution(Names names, int in, int out, int kernel, int stride) {
        Init init = Init.kaimingFanIn((long) in * kernel * kernel);
        return Conv2d.plain(names, in, out, kernel, stride, kernel / 2, init);
    }

    /** Batch norm, ReLU and convolution, in this order. */
    private static final class NormReluConv {

        private final BatchNorm2d norm;
        private final Conv2d convolution;

        NormReluConv(Names norm, Names convolution, int in, int out, int kernel) {
            this.norm = new BatchNorm2d(norm, in, Init.ONES);
            this.convolution = convolution(convolution, in, out, kernel, 1);
        }

        Tensor forward(Tensor x, Mode mode) {
            return convolution.forward(norm.forward(x, mode).relu());
        }
    }
}

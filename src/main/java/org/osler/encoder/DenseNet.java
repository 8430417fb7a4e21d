package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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

/** DenseNet-BC (Huang et al. 2016, arXiv 1608.06993) as timm builds {@code densenet121}. */
final class DenseNet extends Network {

    static final List<Architecture> ARCHITECTURES = List.of(new Architecture(
            "densenet121",
            Architecture.Family.CNN,
            true,
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

    private final ConvNorm stem;
    private final List<List<Layer>> blocks = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
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
        this.stem = new ConvNorm(
                names,
                convolution(names.in("conv0"), 3, width, 7, 2),
                new BatchNorm2d(names.in("norm0"), width, Init.ONES));
        for (int block = 1; block <= depths.length; block++) {
            Names place = names.in("denseblock" + block);
            List<Layer> layers = new ArrayList<>();
            for (int i = 1; i <= depths[block - 1]; i++) {
                layers.add(new Layer(place.in("denselayer" + i), width));
                width += GROWTH;
            }
            blocks.add(layers);
            if (block < depths.length) {
                Names transition = names.in("transition" + block);
                transitions.add(new Transition(transition, width));
                width /= 2;
            }
        }
        this.lastNorm = new BatchNorm2d(names.in("norm" + (depths.length + 1)), width, Init.ONES);
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        List<UnaryOperator<Tensor>> steps = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            for (Layer layer : blocks.get(block)) {
                steps.add(maps -> Functions.cat(List.of(maps, layer.forward(maps, mode)), 1));
            }
            if (block < transitions.size()) {
                Transition transition = transitions.get(block);
                steps.add(maps -> Functions.averagePool2d(transition.forward(maps, mode), 2));
            }
        }
        Tensor stemmed = Scope.of(
                () -> Functions.maxPool2d(stem.forward(images.channelsLast(), mode, Activation.RELU), 3, 2, 1));
        Tensor x = Scope.chain(stemmed, steps, UnaryOperator::apply);
        return SpatialFeatures.ofMaps(Activation.RELU.over(lastNorm.forward(x, mode)), maps -> maps.mean(false, 2, 3));
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(Init.pytorchDefault(card().features()), Init.ZEROS);
    }

    private static Conv2d convolution(Names names, int in, int out, int kernel, int stride) {
        Init init = Init.kaimingFanIn((long) in * kernel * kernel);
        return Conv2d.plain(names, in, out, kernel, stride, kernel / 2, init);
    }

    /** A dense layer: twice batch norm, ReLU and convolution, in this order, first 1×1, then 3×3. */
    private static final class Layer {

        private final BatchNorm2d norm;
        private final ConvNorm reduce;
        private final Conv2d convolution;

        Layer(Names names, int in) {
            this.norm = new BatchNorm2d(names.in("norm1"), in, Init.ONES);
            this.reduce = new ConvNorm(
                    names,
                    convolution(names.in("conv1"), in, BOTTLENECK, 1, 1),
                    new BatchNorm2d(names.in("norm2"), BOTTLENECK, Init.ONES));
            this.convolution = convolution(names.in("conv2"), BOTTLENECK, GROWTH, 3, 1);
        }

        Tensor forward(Tensor x, Mode mode) {
            return convolution.forward(
                    reduce.forward(Activation.RELU.over(norm.forward(x, mode)), mode, Activation.RELU));
        }
    }

    /** Between two blocks: batch norm, ReLU and a convolution to half the channels. */
    private static final class Transition {

        private final BatchNorm2d norm;
        private final Conv2d convolution;

        Transition(Names names, int in) {
            this.norm = new BatchNorm2d(names.in("norm"), in, Init.ONES);
            this.convolution = convolution(names.in("conv"), in, in / 2, 1, 1);
        }

        Tensor forward(Tensor x, Mode mode) {
            return convolution.forward(Activation.RELU.over(norm.forward(x, mode)));
        }
    }
}

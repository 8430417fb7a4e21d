package org.osler.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.osler.nn.Conv2d;
import org.osler.nn.Init;
import org.osler.nn.Mode;
import org.osler.nn.Names;
import org.osler.tensor.Activation;
import org.osler.tensor.Functions;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;

/**
 * VGG (Simonyan and Zisserman 2014, arXiv 1409.1556) as timm builds {@code vgg16}: its two hidden fully connected layers
 * are convolutions ({@code pre_logits}), belong to the encoder, and their output is what is pooled.
 */
final class Vgg extends Network {

    private static final int HIDDEN = 4096;

    /** Side of the map that the first fully connected layer sees at once. */
    private static final int WINDOW = 7;

    private static final int SMALLEST_INPUT = 32;

    static final List<Architecture> ARCHITECTURES = List.of(new Architecture(
            "vgg16",
            Architecture.Family.CNN,
            false,
            HIDDEN,
            224,
            134_260_544,
            15_466_168_320L,
            (card, input) -> new Vgg(card, input, 2, 2, 3, 3, 3)));

    private static final int[] WIDTHS = {64, 128, 256, 512, 512};

    private final List<List<Conv2d>> stages = new ArrayList<>();
    private final Conv2d fc1;
    private final Conv2d fc2;

    /**
     * Declares the network.
     *
     * @param depths convolutions in each of the five stages; a maximum pool ends each
     */
    Vgg(EncoderCard card, int input, int... depths) {
        super(card, input);
        card.requireInput(input, SMALLEST_INPUT);
        Names features = names().in("features");
        int in = 3;
        int index = 0;
        for (int stage = 0; stage < depths.length; stage++) {
            List<Conv2d> convolutions = new ArrayList<>();
            for (int i = 0; i < depths[stage]; i++) {
                convolutions.add(convolution(features.in(index), in, WIDTHS[stage], 3, 1));
                in = WIDTHS[stage];
                // timm numbers the ReLU, too.
                index += 2;
            }
            stages.add(convolutions);
            index++;
        }
        Names hidden = names().in("pre_logits");
        this.fc1 = convolution(hidden.in("fc1"), in, HIDDEN, WINDOW, 0);
        this.fc2 = convolution(hidden.in("fc2"), HIDDEN, HIDDEN, 1, 0);
    }

    @Override
    public SpatialFeatures spatial(Tensor images, Mode mode) {
        List<UnaryOperator<Tensor>> steps = new ArrayList<>();
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stage > 0) {
                steps.add(Vgg::halved);
            }
            for (Conv2d convolution : stages.get(stage)) {
                steps.add(maps -> convolution.forward(maps, Activation.RELU));
            }
        }
        Tensor x = Scope.chain(images.channelsLast(), steps, UnaryOperator::apply);
        return SpatialFeatures.ofMaps(x, this::rest);
    }

    private static Tensor halved(Tensor x) {
        return Functions.maxPool2d(x, 2, 2, 0);
    }

    private Tensor rest(Tensor maps) {
        Tensor x = halved(maps);
        if (x.size(2) < WINDOW) {
            x = Functions.adaptiveAveragePool2d(x, WINDOW, WINDOW);
        }
        x = fc2.forward(fc1.forward(x, Activation.RELU), Activation.RELU);
        return x.mean(false, 2, 3);
    }

    @Override
    public HeadInit headInit() {
        return new HeadInit(Init.normal(0.01), Init.ZEROS);
    }

    private static Conv2d convolution(Names names, int in, int out, int kernel, int padding) {
        Init init = Init.kaimingFanOut((long) out * kernel * kernel);
        return Conv2d.withZeroBias(names, in, out, kernel, 1, padding, init);
    }
}

package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.InputException;
import org.osler.metric.Task;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.weights.Home;

class PreprocessingTest {

    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

    @TempDir
    private Path folder;

    @Test
    void greyIsRepeatedAndNormalisedByChannel() throws IOException {
        try (Scope scope = Scope.open();
                Dataset dataset = phantom(1)) {
            Images images = dataset.images(Split.TRAIN);
            Tensor batch = new Preprocessing(28, Resize.SCALE, MEAN, STD).batch(images, 3);
            assertThat(batch.shape()).containsExactly(1, 3, 28, 28);
            byte[] pixels = new byte[28 * 28];
            images.read(3, pixels, 0);
            float[] values = batch.toFloats();
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < pixels.length; i++) {
                    double expected = ((pixels[i] & 0xff) / 255.0 - MEAN.get(c)) / STD.get(c);
                    assertThat(values[c * pixels.length + i]).isCloseTo((float) expected, within(1e-5f));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyValueIsWhatTheOperatorsGive(int channels) throws IOException {
        try (Scope scope = Scope.open();
                Dataset dataset = phantom(channels)) {
            Images images = dataset.images(Split.TRAIN);
            byte[] pixels = new byte[2 * images.imageBytes()];
            images.read(4, pixels, 0);
            images.read(1, pixels, images.imageBytes());
            Tensor bytes = Tensors.of(pixels, 2, 28, 28, channels).permute(0, 3, 1, 2);
            Tensor mean = Tensors.of(new float[] {0.485f, 0.456f, 0.406f}, 1, 3, 1, 1);
            Tensor std = Tensors.of(new float[] {0.229f, 0.224f, 0.225f}, 1, 3, 1, 1);
            Tensor expected = bytes.to(DType.FLOAT32).div(255).sub(mean).div(std);
            for (Resize resize : Resize.values()) {
                Tensor batch = new Preprocessing(28, resize, MEAN, STD).batch(images, 4, 1);
                assertThat(batch.toFloats()).containsExactly(expected.toFloats());
            }
        }
    }

    @Test
    void imagesPreparedSideBySideAreThoseOfEachAlone() throws IOException {
        try (Scope scope = Scope.open();
                Dataset dataset = phantom(3)) {
            Images images = dataset.images(Split.TRAIN);
            byte[] stored = new byte[images.imageBytes()];
            byte[] resized = new byte[41 * 41 * 3];
            Tensor batch = new Preprocessing(41, Resize.SCALE, MEAN, STD).batch(images, 5, 0, 3, 0, 2);
            int[] order = {5, 0, 3, 0, 2};
            for (int i = 0; i < order.length; i++) {
                images.read(order[i], stored, 0);
                PilBilinear.resize(stored, 28, 28, 3, resized, 41, 41);
                Images alone = Images.of(1, 41, 41, 3, resized);
                float[] expected = new Preprocessing(41, Resize.SCALE, MEAN, STD)
                        .batch(alone, 0)
                        .toFloats();
                assertThat(batch.narrow(0, i, 1).toFloats()).containsExactly(expected);
            }
        }
    }

    @Test
    void paddingCentresTheImageInTheMeanColour() throws IOException {
        try (Scope scope = Scope.open();
                Dataset dataset = phantom(3)) {
            Images images = dataset.images(Split.TRAIN);
            Tensor padded = new Preprocessing(33, Resize.PAD, MEAN, STD).batch(images, 0, 1);
            assertThat(padded.shape()).containsExactly(2, 3, 33, 33);
            Tensor inside = padded.narrow(2, 2, 28).narrow(3, 2, 28);
            Tensor stored = new Preprocessing(28, Resize.SCALE, MEAN, STD).batch(images, 0, 1);
            assertThat(inside.toFloats()).containsExactly(stored.toFloats());
            // Zero after normalising is the mean; what is not inside adds nothing to the sum of squares.
            assertThat(padded.norm().item()).isCloseTo(stored.norm().item(), within(1e-3));
        }
    }

    /** What a card does, done on the processor: enlarging, reducing, and neither, square or not. */
    @ParameterizedTest
    @CsvSource({"28, 28, 41", "64, 48, 28", "200, 37, 16", "5, 9, 64", "28, 28, 28", "33, 28, 28"})
    void whatACardMakesOfStoredBytesIsTheSame(int height, int width, int input) {
        for (int channels : new int[] {1, 3}) {
            for (Resize resize : List.of(Resize.SCALE, Resize.NEAREST)) {
                try (Scope scope = Scope.open()) {
                    byte[] pixels = new byte[3 * height * width * channels];
                    new Random(input).nextBytes(pixels);
                    Images images = Images.of(3, height, width, channels, pixels);
                    var preprocessing = new Preprocessing(input, resize, MEAN, STD);
                    Tensor expected = preprocessing.batch(images, 2, 0);
                    Tensor made = preprocessing.batch(Preprocessing.sent(Device.CPU, images, 2, 0));
                    assertThat(made.shape()).containsExactly(expected.shape());
                    assertThat(Arrays.equals(made.toFloats(), expected.toFloats()))
                            .as("%s of %d channels", resize, channels)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aCardPadsAsTheProcessorDoes() throws IOException {
        try (Scope scope = Scope.open();
                Dataset dataset = phantom(1)) {
            Images images = dataset.images(Split.TRAIN);
            var preprocessing = new Preprocessing(33, Resize.PAD, MEAN, STD);
            assertThat(preprocessing
                            .batch(Preprocessing.sent(Device.CPU, images, 1, 4))
                            .toFloats())
                    .containsExactly(preprocessing.batch(images, 1, 4).toFloats());
        }
    }

    @Test
    void anImageTooLargeToPadIsRefused() throws IOException {
        try (Scope scope = Scope.open();
                Dataset dataset = phantom(1)) {
            Preprocessing small = new Preprocessing(16, Resize.PAD, MEAN, STD);
            assertThatThrownBy(() -> small.batch(dataset.images(Split.TRAIN), 0))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("28×28 pixels do not fit into an input of 16");
        }
    }

    private Dataset phantom(int channels) throws IOException {
        PhantomSpec spec = new PhantomSpec(Task.BINARY, 2, channels, 28, 6, 4, 4, 2);
        return new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub")))
                .open(Phantoms.source("phantom", spec, folder));
    }
}

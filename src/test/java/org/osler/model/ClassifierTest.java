package org.osler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.InputException;
import org.osler.SeededRandom;
import org.osler.metric.Task;

class ClassifierTest {

    @TempDir
    private Path folder;

    @Test
    void anImageIsPredictedAloneAsInCompanyAndAsAFile() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.MULTI_CLASS, 4);
        List<BufferedImage> images =
                IntStream.range(0, 70).mapToObj(ClassifierTest::image).toList();
        try (Classifier model = Classifier.load(folder.resolve("model"))) {
            List<Prediction> together = model.predict(images);
            assertThat(together).hasSize(70);
            assertApart(together);
            for (int i : new int[] {0, 31, 32, 69}) {
                Path file = folder.resolve("ä b" + i + ".png");
                ImageIO.write(images.get(i), "png", file.toFile());
                assertSame(model.predict(images.get(i)), together.get(i));
                assertSame(model.predict(file), together.get(i));
            }
            Prediction first = together.get(0);
            assertThat(first.features()).hasSize(192);
            assertThat(first.probabilities().keySet())
                    .containsExactly("class 0", "benign, \"or so\"", "class 2", "class 3");
            assertThat(IntStream.range(0, 4).mapToDouble(c -> first.scores()[c]).sum())
                    .isCloseTo(1, within(1e-12));
            assertThat(first.probabilities().get(first.label()))
                    .isEqualTo(first.probabilities().values().stream()
                            .mapToDouble(p -> p)
                            .max()
                            .orElseThrow());
        }
    }

    @Test
    void manyThreadsPredictSideBySide() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.MULTI_LABEL, 3);
        List<BufferedImage> images =
                IntStream.range(0, 24).mapToObj(ClassifierTest::image).toList();
        try (Classifier model = Classifier.load(folder.resolve("model"))) {
            List<Prediction> alone = new ArrayList<>();
            images.forEach(image -> alone.add(model.predict(image)));
            assertApart(alone);
            List<Prediction> sideBySide =
                    images.parallelStream().map(model::predict).toList();
            for (int i = 0; i < images.size(); i++) {
                assertSame(sideBySide.get(i), alone.get(i));
            }
        }
    }

    @Test
    void labelsOfAMultiLabelModelAreThoseAboveOneHalf() {
        Prediction some =
                new Prediction(Task.MULTI_LABEL, List.of("a", "b", "c"), new double[] {0.6, 0.5, 0.7}, new float[0]);
        assertThat(some.labels()).containsExactly("a", "c");
        assertThat(some.label()).isEqualTo("c");
        Prediction none = new Prediction(Task.MULTI_LABEL, List.of("a", "b"), new double[] {0.1, 0.2}, new float[0]);
        assertThat(none.labels()).isEmpty();
        Prediction even = new Prediction(Task.BINARY, List.of("no", "yes"), new double[] {0.5, 0.5}, new float[0]);
        assertThat(even.labels()).containsExactly("no");
    }

    @Test
    void brokenImageIsNamed() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.BINARY, 2);
        Path text = Files.writeString(folder.resolve("text.png"), "no image");
        Path cut = folder.resolve("cut.jpg");
        ImageIO.write(image(0), "jpg", cut.toFile());
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, java.util.Arrays.copyOf(whole, 100));
        Path empty = Files.createFile(folder.resolve("empty.png"));
        try (Classifier model = Classifier.load(folder.resolve("model"))) {
            for (Path broken : List.of(text, cut, empty, folder.resolve("none.png"))) {
                assertThatThrownBy(() -> model.predict(broken))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(broken.toString());
            }
        }
    }

    @Test
    void closedModelPredictsNoMore() throws IOException {
        TinyModels.write(folder.resolve("model"), Task.BINARY, 2);
        Classifier model = Classifier.load(folder.resolve("model"));
        model.close();
        model.close();
        assertThatThrownBy(() -> model.predict(image(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** Else it would say nothing that predictions are the same. */
    private static void assertApart(List<Prediction> predictions) {
        List<Long> rounded = predictions.stream()
                .map(prediction -> Math.round(prediction.scores()[0] * 1e4))
                .distinct()
                .toList();
        assertThat(rounded).hasSizeGreaterThan(predictions.size() / 3);
    }

    /** Batches of other sizes may differ in their last bits. */
    private static void assertSame(Prediction one, Prediction other) {
        assertThat(one.labels()).isEqualTo(other.labels());
        assertThat(one.scores()).containsExactly(other.scores(), within(1e-5));
    }

    /** Grey noise of a size of its own. */
    static BufferedImage image(int seed) {
        SeededRandom random = SeededRandom.of(seed, "image");
        BufferedImage image = new BufferedImage(20 + seed, 40, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, random.below(256));
            }
        }
        return image;
    }
}

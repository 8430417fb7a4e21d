package org.osler.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.FreshProcess;
import org.osler.metric.Task;

/** Resident memory of many predictions and many models, in a process whose heap is wholly resident from the start. */
class ClassifierMemoryTest {

    private static final long ALLOWED = 32L << 20;

    @TempDir
    private Path folder;

    @Test
    void manyPredictionsLeaveMemoryFlatAndClosingFreesAModel() throws IOException, InterruptedException {
        TinyModels.write(folder.resolve("model"), Task.BINARY, 2);
        List<Long> grown = FreshProcess.output(
                        Child.class, folder.resolve("model").toString())
                .lines()
                .map(Long::valueOf)
                .toList();
        // One image's activations kept a time would make 4 GB; what is allowed is compiled code and the allocator's
        // slack.
        assertThat(grown.get(0)).as("bytes grown over 6,400 predictions").isLessThan(ALLOWED);
        // Kept, the parameters of the models would make 1.3 GB. The allocator's slack settles over the first hundred
        // models.
        assertThat(grown.get(1)).as("bytes grown over 60 models").isLessThan(2 * ALLOWED);
        // One explanation's graph, with the last block's weights unpacked for it, would make 1.8 MB a time.
        assertThat(grown.get(2)).as("bytes grown over 800 explanations").isLessThan(ALLOWED);
    }

    /** Prints by how many bytes its resident memory grew over predictions, over models opened and closed, and over explanations. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            List<BufferedImage> images =
                    IntStream.range(0, 32).mapToObj(ClassifierTest::image).toList();
            try (Classifier model = Classifier.load(folder)) {
                System.out.println(growth(20, 200, () -> model.predict(images)));
            }
            System.out.println(growth(30, 60, () -> predictOnce(folder, images.get(0))));
            try (Classifier model = Classifier.load(folder)) {
                System.out.println(growth(100, 400, () -> explain(model, images.get(0))));
            }
        }

        private static void explain(Classifier model, BufferedImage image) {
            PreparedImage prepared = model.prepare(image);
            for (MapMethod method : MapMethod.values()) {
                model.explain(prepared, method);
            }
        }

        private static void predictOnce(Path folder, BufferedImage image) {
            try (Classifier model = Classifier.load(folder)) {
                model.predict(image);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static long growth(int warmUp, int times, Runnable work) {
            for (int i = 0; i < warmUp; i++) {
                work.run();
            }
            long before = Pointer.physicalBytes();
            for (int i = 0; i < times; i++) {
                work.run();
            }
            return Pointer.physicalBytes() - before;
        }
    }
}

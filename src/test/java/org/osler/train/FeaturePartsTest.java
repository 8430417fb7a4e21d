package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osler.data.Dataset;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Resize;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.metric.Task;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.Precision;
import org.osler.tensor.Tensor;
import org.osler.weights.Home;

/** A pass over 150 + 40 + 40 images, in batches of 32: 5 + 2 + 2 of them. */
class FeaturePartsTest {

    private static final Map<String, String> MADE = Map.of("encoder", "resnet18", "weights", "random");

    @TempDir
    private Path folder;

    private Dataset dataset;

    @BeforeEach
    void draw() throws IOException {
        PhantomSpec spec = new PhantomSpec(Task.BINARY, 2, 1, 28, 150, 40, 40, 5);
        dataset = new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub")))
                .open(Phantoms.source("phantom", spec, folder));
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void passThatIsStoppedGoesOnWhereItWasToTheSameFile() throws IOException {
        assertThat(pass("whole", Duration.ofHours(1), Long.MAX_VALUE)).isEqualTo(9);
        assertThatThrownBy(() -> pass("stopped", Duration.ofHours(1), 3)).isInstanceOf(StoppedException.class);
        assertThat(file("stopped")).doesNotExist();
        assertThat(pass("stopped", Duration.ofHours(1), Long.MAX_VALUE)).isEqualTo(9 - 3);
        assertThat(file("stopped")).hasSameBinaryContentAs(file("whole"));
        assertThat(parts("stopped")).doesNotExist();
    }

    @Test
    void passThatIsKilledLosesWhatWasNotPutAwayYet() throws IOException {
        pass("whole", Duration.ofHours(1), Long.MAX_VALUE);
        assertThatThrownBy(() -> pass("killed", Duration.ZERO, -7)).hasMessage("killed");
        assertThat(pass("killed", Duration.ofHours(1), Long.MAX_VALUE)).isEqualTo(9 - 7);
        assertThat(file("killed")).hasSameBinaryContentAs(file("whole"));
        assertThatThrownBy(() -> pass("quick", Duration.ofHours(1), -7)).hasMessage("killed");
        assertThat(parts("quick")).doesNotExist();
    }

    @Test
    void partThatIsCutShortOrAlteredOrOfAnotherPassIsComputedAnew() throws IOException {
        pass("whole", Duration.ofHours(1), Long.MAX_VALUE);
        assertThatThrownBy(() -> pass("bad", Duration.ZERO, -7)).hasMessage("killed");
        Path cut = parts("bad").resolve("train-32.safetensors");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 1000));
        Path altered = parts("bad").resolve("train-64.safetensors");
        byte[] bytes = Files.readAllBytes(altered);
        bytes[bytes.length - 5] ^= 1;
        Files.write(altered, bytes);
        Path other = parts("bad").resolve("train-96.safetensors");
        String text = Files.readString(other, StandardCharsets.ISO_8859_1);
        Files.writeString(other, text.replace("\"resnet18\"", "\"resnet34\""), StandardCharsets.ISO_8859_1);
        assertThat(pass("bad", Duration.ofHours(1), Long.MAX_VALUE)).isEqualTo(9 - 7 + 3);
        assertThat(file("bad")).hasSameBinaryContentAs(file("whole"));
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }

    private Path parts(String name) {
        return folder.resolve("." + name + ".safetensors.parts");
    }

    /**
     * One pass.
     *
     * @param batches after how many it is stopped; negative: killed
     * @return how many batches the encoder saw
     */
    private int pass(String name, Duration interval, long batches) throws IOException {
        EncoderCard card = EncoderCatalog.find("resnet18").orElseThrow();
        try (Counting encoder = new Counting(EncoderWeights.openFrozen(card, 32, Optional.empty(), Precision.FP32))) {
            FeatureExtractor.write(
                    encoder,
                    dataset,
                    card.preprocessing(32, Resize.SCALE),
                    file(name),
                    MADE,
                    (what, steps) -> new Ending(batches),
                    interval);
            return encoder.batches;
        }
    }

    private static final class Ending implements Progress.Bar {
        private final long batches;
        private long done;

        private Ending(long batches) {
            this.batches = batches;
        }

        @Override
        public void step(long count) {
            done++;
            if (done == batches) {
                throw new StoppedException("stopped");
            }
            if (done == -batches) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void close() {
            // Nothing was drawn.
        }
    }

    private static final class Counting implements Encoder {
        private final Encoder inner;
        private int batches;

        private Counting(Encoder inner) {
            this.inner = inner;
        }

        @Override
        public Tensor features(Tensor images, Mode mode) {
            batches++;
            return inner.features(images, mode);
        }

        @Override
        public EncoderCard card() {
            return inner.card();
        }

        @Override
        public int input() {
            return inner.input();
        }

        @Override
        public Parameters parameters() {
            return inner.parameters();
        }

        @Override
        public HeadInit headInit() {
            return inner.headInit();
        }
    }
}

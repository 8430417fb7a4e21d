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
import org.osler.data.Resize;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.nn.Mode;
import org.osler.tensor.Precision;
import org.osler.tensor.Tensor;

/** A pass over 150 + 40 + 40 images, in batches of 32: 5 + 2 + 2 of them. */
class FeaturePartsTest {

    /** Images in the first three batches, and in the first seven: all to train on, and all for validation. */
    private static final long THREE_BATCHES = 3 * 32;

    private static final long SEVEN_BATCHES = 150 + 40;

    private static final Map<String, String> MADE = Map.of("encoder", "resnet18", "weights", "random");

    @TempDir
    private Path folder;

    private Dataset dataset;

    @BeforeEach
    void draw() throws IOException {
        dataset = SmallTraining.phantom(folder, 150, 40);
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void passThatIsStoppedGoesOnWhereItWasToTheSameFile() throws IOException {
        assertThat(pass("whole", Duration.ofHours(1), Progress.SILENT)).isEqualTo(9);
        assertThatThrownBy(() -> pass("stopped", Duration.ofHours(1), Ending.stopsAfter(THREE_BATCHES)))
                .isInstanceOf(StoppedException.class);
        assertThat(file("stopped")).doesNotExist();
        assertThat(pass("stopped", Duration.ofHours(1), Progress.SILENT)).isEqualTo(9 - 3);
        assertThat(file("stopped")).hasSameBinaryContentAs(file("whole"));
        assertThat(parts("stopped")).doesNotExist();
    }

    @Test
    void passThatIsKilledLosesWhatWasNotPutAwayYet() throws IOException {
        pass("whole", Duration.ofHours(1), Progress.SILENT);
        assertThatThrownBy(() -> pass("killed", Duration.ZERO, Ending.breaksAfter(SEVEN_BATCHES)))
                .hasMessage("broken off");
        assertThat(pass("killed", Duration.ofHours(1), Progress.SILENT)).isEqualTo(9 - 7);
        assertThat(file("killed")).hasSameBinaryContentAs(file("whole"));
        assertThatThrownBy(() -> pass("quick", Duration.ofHours(1), Ending.breaksAfter(SEVEN_BATCHES)))
                .hasMessage("broken off");
        assertThat(parts("quick")).doesNotExist();
    }

    @Test
    void partThatIsCutShortOrAlteredOrOfAnotherPassIsComputedAnew() throws IOException {
        pass("whole", Duration.ofHours(1), Progress.SILENT);
        assertThatThrownBy(() -> pass("bad", Duration.ZERO, Ending.breaksAfter(SEVEN_BATCHES)))
                .hasMessage("broken off");
        Path cut = parts("bad").resolve("train-32.safetensors");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 1000));
        Path altered = parts("bad").resolve("train-64.safetensors");
        byte[] bytes = Files.readAllBytes(altered);
        bytes[bytes.length - 5] ^= 1;
        Files.write(altered, bytes);
        Path other = parts("bad").resolve("train-96.safetensors");
        String text = Files.readString(other, StandardCharsets.ISO_8859_1);
        Files.writeString(other, text.replace("\"resnet18\"", "\"resnet34\""), StandardCharsets.ISO_8859_1);
        assertThat(pass("bad", Duration.ofHours(1), Progress.SILENT)).isEqualTo(9 - 7 + 3);
        assertThat(file("bad")).hasSameBinaryContentAs(file("whole"));
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }

    private Path parts(String name) {
        return folder.resolve("." + name + ".safetensors.parts");
    }

    /** One pass; returns how many batches the encoder saw. */
    private int pass(String name, Duration interval, Progress progress) throws IOException {
        EncoderCard card = EncoderCatalog.find("resnet18").orElseThrow();
        try (Counting encoder = new Counting(EncoderWeights.openFrozen(card, 32, Optional.empty(), Precision.FP32))) {
            FeatureExtractor.write(
                    encoder, dataset, card.preprocessing(32, Resize.SCALE), file(name), MADE, progress, interval);
            return encoder.batches;
        }
    }

    private static final class Counting extends WrappedEncoder {
        private int batches;

        private Counting(Encoder inner) {
            super(inner);
        }

        @Override
        public Tensor features(Tensor images, Mode mode) {
            batches++;
            return super.features(images, mode);
        }
    }
}

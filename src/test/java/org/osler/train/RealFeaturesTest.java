package org.osler.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.SharedFiles;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.Scope;
import org.osler.weights.Home;

/** Real weights on real images, scaled from 28 to 224 pixels, against timm and Pillow; see embed_goldens.py. */
class RealFeaturesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"breastmnist", "retinamnist"})
    void featuresEqualTimms(String name) throws IOException {
        Path npz = SharedFiles.path("data/medmnist/" + name + ".npz");
        Path weights = SharedFiles.path("weights/vit_tiny_patch16_224.tinyimagenet.safetensors");
        JsonNode golden;
        try (InputStream in = RealFeaturesTest.class.getResourceAsStream("/golden/train/embed.json")) {
            golden = new ObjectMapper().readTree(in).get(name);
        }
        Home home = new Home(folder.resolve("home"), folder.resolve("hub"));
        try (Scope scope = Scope.open();
                Dataset dataset = new DatasetStore(home).open(DatasetSource.of(npz));
                Encoder encoder = EncoderWeights.open(
                        EncoderCatalog.find("vit_tiny_patch16_224").orElseThrow(), 224, Optional.of(weights))) {
            Preprocessing preprocessing = encoder.card().preprocessing(224, Resize.SCALE);
            for (Split split : Split.values()) {
                JsonNode rows = golden.get(split.id());
                Images images = dataset.images(split);
                int[] few = FeatureExtractor.range(0, rows.size());
                float[] features = Autograd.off(() -> encoder.features(preprocessing.batch(images, few), Mode.EVAL)
                        .toFloats());
                assertClose(features, rows);
            }
        }
    }

    private static void assertClose(float[] features, JsonNode rows) {
        int i = 0;
        for (JsonNode row : rows) {
            double difference = 0;
            double norm = 0;
            for (JsonNode value : row) {
                difference += Math.pow(features[i++] - value.asDouble(), 2);
                norm += Math.pow(value.asDouble(), 2);
            }
            assertThat(Math.sqrt(difference / norm)).isLessThan(1e-4);
        }
        assertThat(features).hasSize(i);
    }
}

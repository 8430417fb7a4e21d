package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.SharedFiles;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** The official files, against what NumPy reads from them ({@code src/test/python/data_golden.py}). */
class RealDatasetsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"breastmnist", "retinamnist"})
    void officialFilesHoldWhatNumpyReads(String name) throws Exception {
        Path npz = SharedFiles.path("data/medmnist/" + name + ".npz");
        DatasetCard card = DatasetCatalog.find(name).orElseThrow();
        JsonNode golden = PilBilinearTest.golden("medmnist_files.json").get(name);
        try (Dataset dataset = store().open(new DatasetFiles(List.of(npz.getParent())).find(card, 28))) {
            assertThat(dataset.hash())
                    .isEqualTo(golden.get("md5").asText())
                    .isEqualTo(card.files().get(28).md5());
            assertThat(dataset.channels()).isEqualTo(card.channels());
            assertThat(dataset.task()).isEqualTo(card.task());
            assertThat(dataset.labelNames()).isEqualTo(card.labelNames());
            for (Split split : Split.values()) {
                JsonNode expected = golden.get("splits").get(split.id());
                assertThat(dataset.count(split))
                        .isEqualTo(expected.get("count").asInt())
                        .isEqualTo(card.samples().get(split));
                assertThat(histogram(dataset, split))
                        .isEqualTo(expected.get("histogram").toString());
                assertThat(labelHash(dataset.labels(split)))
                        .isEqualTo(expected.get("labels_sha256").asText());
                assertThat(imageHash(dataset.images(split)))
                        .isEqualTo(expected.get("images_sha256").asText());
            }
        }
    }

    @Test
    void filesOfOnesOwnNeedNoCatalog() throws Exception {
        Path npz = SharedFiles.path("data/custom/pneumoniamnist_rebuilt.npz");
        try (Dataset dataset = store().open(DatasetSource.of(npz))) {
            assertThat(dataset.name()).isEqualTo("pneumoniamnist_rebuilt");
            assertThat(dataset.task()).isEqualTo(Task.BINARY);
            assertThat(dataset.labelNames()).containsExactly("0", "1");
            assertThat(dataset.count(Split.TRAIN)).isEqualTo(4708);
            assertThat(dataset.count(Split.VAL)).isEqualTo(524);
            assertThat(dataset.count(Split.TEST)).isEqualTo(624);
        }
    }

    @Test
    void ordinalOnlyIfTold() throws Exception {
        Path npz = SharedFiles.path("data/medmnist/retinamnist.npz");
        try (Dataset inferred = store().open(DatasetSource.of(npz))) {
            assertThat(inferred.task()).isEqualTo(Task.MULTI_CLASS);
            assertThat(inferred.classes()).isEqualTo(5);
        }
        var told = new DatasetSource("r", npz, Optional.of(Task.ORDINAL), List.of(), Optional.empty());
        try (Dataset dataset = store().open(told)) {
            assertThat(dataset.task()).isEqualTo(Task.ORDINAL);
        }
    }

    private DatasetStore store() {
        return new DatasetStore(new Home(folder, folder));
    }

    private static String histogram(Dataset dataset, Split split) {
        int[] counts = new int[dataset.classes()];
        for (int[] row : dataset.labels(split)) {
            counts[row[0]]++;
        }
        return java.util.Arrays.toString(counts).replace(" ", "");
    }

    private static String labelHash(int[][] labels) throws Exception {
        ByteBuffer bytes =
                ByteBuffer.allocate(labels.length * labels[0].length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] row : labels) {
            for (int label : row) {
                bytes.putInt(label);
            }
        }
        return HexFormat.of().formatHex(PilBilinearTest.sha256().digest(bytes.array()));
    }

    private static String imageHash(Images images) throws Exception {
        MessageDigest digest = PilBilinearTest.sha256();
        byte[] image = new byte[images.imageBytes()];
        for (int i = 0; i < images.count(); i++) {
            images.read(i, image, 0);
            digest.update(image);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osler.SharedFiles;
import org.osler.weights.Home;

/** Goldens: Pillow's, by {@code src/test/python/data_golden.py}. */
class PilBilinearTest {

    @TempDir
    private Path folder;

    static List<JsonNode> cases() throws IOException {
        return StreamSupport.stream(golden("pil_bilinear.json").spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resizedImagesAreThoseOfPillowBitForBit(JsonNode golden) throws NoSuchAlgorithmException {
        int h = golden.at("/from/0").asInt();
        int w = golden.at("/from/1").asInt();
        int outH = golden.at("/to/0").asInt();
        int outW = golden.at("/to/1").asInt();
        int c = golden.get("channels").asInt();
        byte[] out = new byte[outH * outW * c];
        PilBilinear.resize(formulaImage(h * w * c), h, w, c, out, outH, outW);
        int shown = Math.min(8, out.length);
        assertThat(unsigned(out, 0, shown)).isEqualTo(ints(golden.get("first")));
        assertThat(unsigned(out, out.length - shown, out.length)).isEqualTo(ints(golden.get("last")));
        assertThat(HexFormat.of().formatHex(sha256().digest(out)))
                .isEqualTo(golden.get("sha256").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"breastmnist", "retinamnist"})
    void everyImageOfRealDatasetsIsEnlargedAsPillowDoes(String name) throws Exception {
        Path npz = SharedFiles.path("data/medmnist/" + name + ".npz");
        JsonNode splits = golden("medmnist_files.json").get(name).get("splits");
        try (Dataset dataset = new DatasetStore(new Home(folder, folder)).open(DatasetSource.of(npz))) {
            for (Split split : Split.values()) {
                Images images = dataset.images(split);
                MessageDigest digest = sha256();
                byte[] image = new byte[images.imageBytes()];
                byte[] large = new byte[224 * 224 * images.channels()];
                for (int i = 0; i < images.count(); i++) {
                    images.read(i, image, 0);
                    PilBilinear.resize(image, images.height(), images.width(), images.channels(), large, 224, 224);
                    digest.update(large);
                }
                assertThat(HexFormat.of().formatHex(digest.digest()))
                        .as(split.id())
                        .isEqualTo(splits.get(split.id())
                                .get("resized_to_224_sha256")
                                .asText());
            }
        }
    }

    @Test
    void constantImagesStayConstant() {
        byte[] image = new byte[13 * 17 * 3];
        Arrays.fill(image, (byte) 255);
        byte[] out = new byte[31 * 5 * 3];
        PilBilinear.resize(image, 13, 17, 3, out, 31, 5);
        assertThat(out).containsOnly(255);
    }

    static JsonNode golden(String file) throws IOException {
        try (var in = PilBilinearTest.class.getResourceAsStream("/golden/data/" + file)) {
            return new ObjectMapper().readTree(in);
        }
    }

    static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    /** The same bytes as {@code formula_image} in the Python that wrote the goldens. */
    static byte[] formulaImage(int count) {
        byte[] result = new byte[count];
        long state = 12345;
        for (int i = 0; i < count; i++) {
            state = (state * 1103515245 + 12345) % (1L << 31);
            result[i] = (byte) (state >> 16);
        }
        Arrays.fill(result, 0, count / 8, (byte) 255);
        Arrays.fill(result, count / 8, count / 4, (byte) 0);
        return result;
    }

    private static List<Integer> unsigned(byte[] bytes, int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .mapToObj(i -> bytes[i] & 0xff)
                .toList();
    }

    private static List<Integer> ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }
}

package org.osler.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Goldens: Pillow's, by {@code src/test/python/data_golden.py}. */
class PilNearestTest {

    static List<JsonNode> cases() throws IOException {
        return StreamSupport.stream(PilBilinearTest.golden("pil_nearest.json").spliterator(), false)
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
        PilNearest.resize(PilBilinearTest.formulaImage(h * w * c), h, w, c, out, outH, outW);
        assertThat(HexFormat.of().formatHex(PilBilinearTest.sha256().digest(out)))
                .isEqualTo(golden.get("sha256").asText());
    }
}

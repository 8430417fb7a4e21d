package org.osler.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Goldens: Pillow's and NumPy's, by {@code src/test/python/image_golden.py}, which made the files, too. */
class ImageGoldenTest {

    private static final Path FILES = Path.of("src/test/resources/images");

    private static JsonNode golden() throws IOException {
        try (var in = new GZIPInputStream(ImageGoldenTest.class.getResourceAsStream("/golden/data/images.json.gz"))) {
            return new ObjectMapper().readTree(in);
        }
    }

    static List<JsonNode> files() throws IOException {
        return StreamSupport.stream(golden().get("files").spliterator(), false).toList();
    }

    static List<JsonNode> fits() throws IOException {
        return StreamSupport.stream(golden().get("fits").spliterator(), false).toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFormatHoldsWhatPillowReads(JsonNode golden) throws UnreadableImage {
        PictureReader.Decoded decoded;
        try (PictureReader reader = new PictureReader(Optional.empty())) {
            decoded = reader.read(FILES.resolve(golden.get("file").asText()));
        }
        Picture picture = decoded.picture();
        assertThat(picture.height()).isEqualTo(golden.get("height").asInt());
        assertThat(picture.width()).isEqualTo(golden.get("width").asInt());
        assertThat(picture.channels()).isEqualTo(golden.get("channels").asInt());
        assertThat(decoded.images()).isEqualTo(golden.get("images").asInt());
        byte[] expected = Base64.getDecoder().decode(golden.get("pixels").asText());
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((expected[i] & 0xff) - (picture.pixels()[i] & 0xff)));
        }
        assertThat(worst)
                .as("grey levels between %s and Pillow", golden.get("file").asText())
                .isLessThanOrEqualTo(golden.get("tolerance").asInt());
    }

    @ParameterizedTest
    @MethodSource("fits")
    void squaresAreThoseOfPillowAndTorchvisionBitForBit(JsonNode golden) throws Exception {
        int h = golden.at("/from/0").asInt();
        int w = golden.at("/from/1").asInt();
        int channels = golden.get("channels").asInt();
        int side = golden.get("side").asInt();
        Fit fit = Fit.valueOf(golden.get("fit").asText().toUpperCase(Locale.ROOT));
        Picture square = fit.apply(new Picture(h, w, channels, formulaImage(h * w * channels)), side, side);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(square.pixels())))
                .isEqualTo(golden.get("sha256").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text.png | is no PNG, JPEG, TIFF, BMP, GIF or DICOM file; it is text and begins with "patient,age 1,45"
            empty.png | is empty (0 bytes); copy it again
            short.png | is cut short: its PNG data end too early
            short.jpg | is cut short: its JPEG data end too early
            short.gif | is broken or no GIF that can be read:
            short.bmp | is cut short: its BMP data end too early
            short.tif | is cut short: its TIFF data end too early
            short-strips.tif | is cut short: its TIFF data end too early
            short.dcm | is cut short: its DICOM data end too early
            compressed.dcm | is a compressed DICOM file (transfer syntax 1.2.840.10008.1.2.4.70)
            ybr.dcm | has the photometric interpretation YBR_FULL
            float.tif | window: [low, high]
            huge.png | is too large: 60,000 × 60,000 pixels
            huge.bmp | Dimensions (width=2147483647 height=2147483647) are too large
            huge.dcm | is cut short: its DICOM data end too early
            absent.png | is not there
            """)
    void whatCannotBeReadSaysWhy(String file, String why) {
        try (PictureReader reader = new PictureReader(Optional.empty())) {
            assertThatThrownBy(() -> reader.read(FILES.resolve("broken").resolve(file)))
                    .isInstanceOf(UnreadableImage.class)
                    .hasMessageContaining(why);
        }
    }

    @Test
    void aReaderGoesOnAfterABrokenFile() throws UnreadableImage {
        try (PictureReader reader = new PictureReader(Optional.empty())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> reader.read(FILES.resolve("broken/short.jpg")))
                        .hasMessageContaining("cut short");
                assertThat(reader.read(FILES.resolve("rgb-444.jpg")).picture().width())
                        .isEqualTo(37);
            }
        }
    }

    @Test
    void aWindowMapsValuesOfMoreThan8BitsOnly() throws UnreadableImage {
        try (PictureReader reader = new PictureReader(Optional.of(new Levels(0, 1700)))) {
            byte[] deep =
                    reader.read(FILES.resolve("grey-16-bits.png")).picture().pixels();
            assertThat(deep[0]).isZero();
            assertThat(deep[1] & 0xff).isEqualTo(255);
            assertThat(reader.read(FILES.resolve("broken/float.tif")).picture().channels())
                    .isEqualTo(1);
            byte[] plain = reader.read(FILES.resolve("grey.png")).picture().pixels();
            try (PictureReader other = new PictureReader(Optional.empty())) {
                assertThat(plain)
                        .isEqualTo(
                                other.read(FILES.resolve("grey.png")).picture().pixels());
            }
        }
    }

    private static byte[] formulaImage(int count) {
        byte[] image = new byte[count];
        long state = 12345;
        for (int i = 0; i < count; i++) {
            state = (state * 1103515245L + 12345) & 0x7fff_ffffL;
            image[i] = (byte) (state >> 16);
        }
        Arrays.fill(image, 0, count / 8, (byte) 255);
        Arrays.fill(image, count / 8, count / 4, (byte) 0);
        return image;
    }
}

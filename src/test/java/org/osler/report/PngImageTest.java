package org.osler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngImageTest {

    @Test
    void greyPixelsComeBackUnchanged() throws IOException {
        byte[] pixels = {0, 1, 127, (byte) 128, (byte) 200, (byte) 255};
        Raster raster = decode(PngImage.dataUri(pixels, 2, 3, 1)).getRaster();
        assertThat(raster.getWidth()).isEqualTo(3);
        assertThat(raster.getPixels(0, 0, 3, 2, (int[]) null)).containsExactly(0, 1, 127, 128, 200, 255);
    }

    @Test
    void redGreenAndBlueKeepTheirPlaces() throws IOException {
        byte[] pixels = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 10, 20, 30};
        BufferedImage image = decode(PngImage.dataUri(pixels, 2, 2, 3));
        assertThat(image.getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xff00ff00);
        assertThat(image.getRGB(0, 1)).isEqualTo(0xff0000ff);
        assertThat(image.getRGB(1, 1)).isEqualTo(0xff0a141e);
    }

    @Test
    void otherChannelCountsAreRefused() {
        assertThatThrownBy(() -> PngImage.dataUri(new byte[8], 2, 2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BufferedImage decode(String uri) throws IOException {
        String prefix = "data:image/png;base64,";
        assertThat(uri).startsWith(prefix);
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(uri.substring(prefix.length()))));
    }
}

package org.osler.data.image;

/**
 * JPEG files of four inks, which the JDK reads but does not convert. Programs that write Adobe's marker store 255 less
 * the ink, as libjpeg's documentation tells and PIL assumes.
 */
final class CmykJpeg {

    private static final int INKS = 4;
    private static final int PLACES = 16;
    private static final int HALF = 1 << (PLACES - 1);
    private static final int YCCK = 2;

    private CmykJpeg() {}

    /** The raw components [H, W, 4] as inks, 255 is full; changed in place. */
    static byte[] inks(byte[] raw, JpegHeader header) {
        if (header.adobeTransform() == YCCK) {
            for (int i = 0; i < raw.length; i += INKS) {
                ycck(raw, i);
            }
        }
        if (header.adobeTransform() >= 0) {
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) ~raw[i];
            }
        }
        return raw;
    }

    /** YCbCr to RGB as JFIF defines it, each 255 less the ink; in 16-bit fixed point, as libjpeg does. */
    private static void ycck(byte[] raw, int at) {
        int y = raw[at] & 0xff;
        int blue = (raw[at + 1] & 0xff) - 128;
        int red = (raw[at + 2] & 0xff) - 128;
        raw[at] = ink(y + ((fixed(1.402) * red + HALF) >> PLACES));
        raw[at + 1] = ink(y + ((-fixed(0.34414) * blue + HALF - fixed(0.71414) * red) >> PLACES));
        raw[at + 2] = ink(y + ((fixed(1.772) * blue + HALF) >> PLACES));
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << PLACES) + 0.5);
    }

    private static byte ink(int light) {
        return (byte) (255 - Math.min(Math.max(light, 0), 255));
    }
}

package org.osler.data.image;

import java.util.Optional;

/**
 * What a JPEG file says before its image data (ITU-T T.81, annex B).
 *
 * @param bits of a sample
 * @param components 1 (grey), 3 (colours) or 4 (inks)
 * @param adobeTransform of Adobe's marker: 0 (none), 1 (YCbCr), 2 (YCCK); −1: there is no such marker
 */
record JpegHeader(int bits, int components, int adobeTransform) {

    private static final int MARKER = 0xff;
    private static final int START_OF_SCAN = 0xda;
    private static final int ADOBE = 0xee;
    private static final int PROFILE = 0xe2;
    private static final int UNUSED = 0xef;

    /** Reads it; empty if the file ends before, or is none. */
    static Optional<JpegHeader> of(byte[] file) {
        int transform = -1;
        int at = 2;
        while (at + 9 < file.length && u8(file, at) == MARKER) {
            int code = u8(file, at + 1);
            int length = u16(file, at + 2);
            if (code == MARKER) { // fill
                at++;
                continue;
            }
            if (isFrame(code)) {
                return Optional.of(new JpegHeader(u8(file, at + 4), u8(file, at + 9), adobe(file, at, transform)));
            }
            if (code == START_OF_SCAN) {
                return Optional.empty();
            }
            if (code == ADOBE) {
                transform = adobe(file, at, transform);
            }
            at += 2 + length;
        }
        return Optional.empty();
    }

    /**
     * Hides colour profiles (segments of APP2) from the JDK's decoder, which would apply them: they become segments of
     * APP15, that nobody reads. Changes the file's bytes.
     */
    static void hideProfiles(byte[] file) {
        int at = 2;
        while (at + 3 < file.length && u8(file, at) == MARKER && u8(file, at + 1) != START_OF_SCAN) {
            if (u8(file, at + 1) == MARKER) { // fill
                at++;
                continue;
            }
            if (u8(file, at + 1) == PROFILE) {
                file[at + 1] = (byte) UNUSED;
            }
            at += 2 + u16(file, at + 2);
        }
    }

    /** Adobe's marker: "Adobe", version, two flags of 16 bits, transform. */
    private static int adobe(byte[] file, int at, int otherwise) {
        boolean adobe = u8(file, at + 1) == ADOBE
                && at + 15 < file.length
                && file[at + 4] == 'A'
                && file[at + 5] == 'd'
                && file[at + 6] == 'o';
        return adobe ? u8(file, at + 15) : otherwise;
    }

    private static boolean isFrame(int code) {
        return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
    }

    private static int u8(byte[] file, int at) {
        return file[at] & 0xff;
    }

    private static int u16(byte[] file, int at) {
        return u8(file, at) << 8 | u8(file, at + 1);
    }
}

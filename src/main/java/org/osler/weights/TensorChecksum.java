package org.osler.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The checksum that Osler's own safetensors files carry in their {@code __metadata__}, so that a flipped bit is seen and
 * the file made again: CRC-32C of the header, zeros in the checksum's place, followed by the CRC-32C of each tensor in
 * the order of the file. It is quick (hardware computes it) and no guard against intent.
 */
final class TensorChecksum {

    static final String KEY = "crc32c";
    static final String PLACEHOLDER = "00000000";

    /** As it stands in the header; no text can hold this, since quotes within texts are escaped. */
    private static final byte[] BEFORE = ('"' + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);

    private TensorChecksum() {}

    /**
     * The checksum, 8 hexadecimal digits.
     *
     * @param header with the {@link #PLACEHOLDER}, padding included
     * @param tensors the CRC-32C of each tensor, in the order of the file
     */
    static String of(byte[] header, List<Long> tensors) {
        CRC32C sum = new CRC32C();
        sum.update(header);
        ByteBuffer each = ByteBuffer.allocate(Long.BYTES);
        for (long tensor : tensors) {
            sum.update(each.clear().putLong(tensor).flip());
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /** Where in a header the checksum's digits begin; −1 if it has none. */
    static int indexIn(byte[] header) {
        for (int at = 0; at + BEFORE.length + PLACEHOLDER.length() < header.length; at++) {
            if (Arrays.equals(header, at, at + BEFORE.length, BEFORE, 0, BEFORE.length)) {
                return at + BEFORE.length;
            }
        }
        return -1;
    }
}

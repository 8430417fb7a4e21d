package org.osler.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.osler.InputException;

/**
 * What an npy file says of its array before the values: NumPy's format, versions 1 to 3
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @param descr NumPy's name of the element type, e.g. {@code |u1} or {@code <i8}
 * @param shape lengths of the axes
 * @param bytes length of the header itself, magic included
 */
record NpyHeader(String descr, int[] shape, int bytes) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy itself refuses headers over 10,000 characters. */
    private static final int LONGEST = 10_000;

    /**
     * Reads a header; the stream then stands at the first value.
     *
     * @param where the array, for messages
     * @throws InputException if it is not a header, or one of an array that cannot be taken as it lies in the file:
     *     in Fortran order, of Python objects, of records
     */
    static NpyHeader read(InputStream in, String where) throws IOException {
        byte[] start = bytes(in, MAGIC.length + 2, where);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new InputException(where + " is not an npy array: it does not begin with \\x93NUMPY");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new InputException(where + " has npy format version " + version + "; versions 1 to 3 are known");
        }
        int field = version == 1 ? Short.BYTES : Integer.BYTES;
        byte[] field4 = Arrays.copyOf(bytes(in, field, where), Integer.BYTES);
        int length = ByteBuffer.wrap(field4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > LONGEST) {
            throw new InputException("%s has an npy header of %s bytes; %d is the most"
                    .formatted(where, Integer.toUnsignedString(length), LONGEST));
        }
        var charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = new String(bytes(in, length, where), charset);
        return new NpyDictionary(text, where).header(start.length + field + length);
    }

    private static byte[] bytes(InputStream in, int count, String where) throws IOException {
        byte[] result = in.readNBytes(count);
        if (result.length < count) {
            throw new EOFException(where + " ends within its npy header");
        }
        return result;
    }

    /** How many values the array has. */
    long values(String where) {
        long result = 1;
        for (int axis : shape) {
            if (axis != 0 && result > Long.MAX_VALUE / 8 / axis) {
                throw new InputException(where + " claims an impossible shape: " + Arrays.toString(shape));
            }
            result *= axis;
        }
        return result;
    }

    /** Bytes of one value. */
    int width() {
        int count = Integer.parseInt(descr.substring(2));
        // Text is counted in characters of four bytes.
        return descr.charAt(1) == 'U' ? 4 * count : count;
    }

    /** The order of the bytes of one value. */
    ByteOrder order() {
        return descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
}

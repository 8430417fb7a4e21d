package org.osler.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of a DICOM file (PS3.5, PS3.10) up to its pixel data; those within sequences are passed over. Lengths in the
 * file are believed only as far as the file goes.
 */
final class DicomElements {

    static final int PIXEL_DATA = 0x7fe0_0010;

    private static final int PREAMBLE = 132;
    private static final int TRANSFER_SYNTAX = 0x0002_0010;
    private static final String IMPLICIT = "1.2.840.10008.1.2";
    private static final String EXPLICIT = "1.2.840.10008.1.2.1";
    private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";

    /** Value representations whose length has four bytes. */
    private static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    private static final int ITEM = 0xfffe_e000;
    private static final int ITEM_END = 0xfffe_e00d;
    private static final int SEQUENCE_END = 0xfffe_e0dd;
    private static final int UNDEFINED = -1;
    private static final int DEEPEST = 32;

    private final ByteBuffer file;
    private final Map<Integer, Element> elements = new HashMap<>();
    private boolean explicit = true;

    private DicomElements(byte[] content) {
        file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        file.position(PREAMBLE);
    }

    /**
     * Where a value stands.
     *
     * @param representation e.g. {@code US}; empty where the transfer syntax does not say
     * @param begin of its first byte
     * @param length in bytes; of pixel data what the element claims, which may be more than there is
     */
    record Element(String representation, int begin, int length) {}

    /** Reads a file that begins as DICOM does. */
    static DicomElements of(byte[] content) throws UnreadableImage {
        DicomElements all = new DicomElements(content);
        while (all.file.remaining() >= 8 && all.file.getShort(all.file.position()) == 2) {
            all.next(0);
        }
        String syntax = all.text(TRANSFER_SYNTAX).orElse(EXPLICIT);
        if (!List.of(IMPLICIT, EXPLICIT, BIG_ENDIAN).contains(syntax)) {
            throw new UnreadableImage("is a compressed DICOM file (transfer syntax " + syntax
                    + "), which cannot be read; decompress it first, for example with gdcmconv --raw");
        }
        all.explicit = !syntax.equals(IMPLICIT);
        all.file.order(syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        while (all.file.remaining() >= 8 && !all.elements.containsKey(PIXEL_DATA)) {
            all.next(0);
        }
        return all;
    }

    /** Passes over one element; keeps it if it stands in no sequence. Returns its tag. */
    private int next(int depth) throws UnreadableImage {
        require(8);
        int tag = tag(file.position());
        file.position(file.position() + Integer.BYTES);
        if (tag == ITEM || tag == ITEM_END || tag == SEQUENCE_END) {
            throw broken();
        }
        String representation = "";
        int length;
        if (explicit) {
            representation = new String(new byte[] {file.get(), file.get()}, StandardCharsets.US_ASCII);
            if (LONG.contains(representation)) {
                require(6);
                file.getShort();
                length = file.getInt();
            } else {
                length = file.getShort() & 0xffff;
            }
        } else {
            length = file.getInt();
        }
        if (depth == 0) {
            elements.put(tag, new Element(representation, file.position(), length));
        }
        if (tag != PIXEL_DATA || depth > 0) {
            pass(length, depth);
        }
        return tag;
    }

    private void pass(int length, int depth) throws UnreadableImage {
        if (length != UNDEFINED) {
            require(length);
            file.position(file.position() + length);
            return;
        }
        if (depth == DEEPEST) {
            throw broken();
        }
        while (true) {
            require(8);
            int tag = tag(file.position());
            file.position(file.position() + Integer.BYTES);
            int item = file.getInt();
            if (tag == SEQUENCE_END) {
                return;
            }
            if (tag != ITEM) {
                throw broken();
            }
            if (item == UNDEFINED) {
                passItem(depth + 1);
            } else {
                pass(item, depth);
            }
        }
    }

    private void passItem(int depth) throws UnreadableImage {
        while (true) {
            require(8);
            int at = file.position();
            int tag = tag(at);
            if (tag == ITEM_END) {
                file.position(at + 8);
                return;
            }
            next(depth);
        }
    }

    /** The group and the number in it, each of 16 bits in the file's order. */
    private int tag(int at) {
        return ((file.getShort(at) & 0xffff) << Short.SIZE) | (file.getShort(at + Short.BYTES) & 0xffff);
    }

    private void require(int bytes) throws UnreadableImage {
        if (bytes < 0 || bytes > file.remaining()) {
            throw new UnreadableImage("is cut short: its DICOM data end too early; copy it again");
        }
    }

    private static UnreadableImage broken() {
        return new UnreadableImage("is broken: its DICOM elements make no sense; copy it again");
    }

    Optional<Element> find(int tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    /** The same; what tells no length of its own is no text and no numbers. */
    private Optional<Element> definite(int tag) {
        return find(tag).filter(element -> element.length() != UNDEFINED);
    }

    /** The file's bytes in its order. */
    ByteBuffer bytes() {
        return file;
    }

    /** A text without padding; empty if it is not there or blank. */
    Optional<String> text(int tag) {
        return definite(tag)
                .map(element -> new String(file.array(), element.begin(), element.length(), StandardCharsets.ISO_8859_1)
                        .replace('\0', ' ')
                        .strip())
                .filter(text -> !text.isEmpty());
    }

    /** The first of the decimal numbers that a text holds, {@code \} between them. */
    Optional<Double> decimal(int tag) throws UnreadableImage {
        Optional<String> first = text(tag).map(text -> text.split("\\\\", 2)[0].strip());
        try {
            return first.filter(text -> !text.isEmpty()).map(Double::valueOf).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            throw new UnreadableImage(
                    "is broken: its element (%04x,%04x) should be a number, not \"%s\""
                            .formatted(tag >>> 16, tag & 0xffff, first.orElseThrow()),
                    e);
        }
    }

    /** Unsigned 16-bit numbers, as many as stand there. */
    Optional<int[]> shorts(int tag) {
        return definite(tag).map(element -> {
            int[] values = new int[element.length() / Short.BYTES];
            for (int i = 0; i < values.length; i++) {
                values[i] = file.getShort(element.begin() + i * Short.BYTES) & 0xffff;
            }
            return values;
        });
    }

    /** One unsigned 16-bit number. */
    Optional<Integer> number(int tag) {
        return shorts(tag).filter(values -> values.length > 0).map(values -> values[0]);
    }
}

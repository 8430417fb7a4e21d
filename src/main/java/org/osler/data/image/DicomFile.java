package org.osler.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Uncompressed DICOM files, shown as PS3.3 prescribes: stored values are rescaled (C.11.1), the first window that the file
 * names maps them to 0 to 255 (C.11.2.1.2), and MONOCHROME1 is inverted. Without a window the full range of the stored bits
 * counts.
 *
 * <p>Read here and not by ImageJ, whose reader (1.54p) takes the last window of several, opens its menus to rescale (which
 * fails without a screen), knows no big-endian files of the standard's form and fills truncated ones with zeros.
 */
final class DicomFile {

    private static final int SAMPLES = 0x0028_0002;
    private static final int PHOTOMETRIC = 0x0028_0004;
    private static final int PLANAR = 0x0028_0006;
    private static final int FRAMES = 0x0028_0008;
    private static final int ROWS = 0x0028_0010;
    private static final int COLUMNS = 0x0028_0011;
    private static final int ALLOCATED = 0x0028_0100;
    private static final int STORED = 0x0028_0101;
    private static final int HIGH_BIT = 0x0028_0102;
    private static final int SIGNED = 0x0028_0103;
    private static final int CENTRE = 0x0028_1050;
    private static final int WIDTH = 0x0028_1051;
    private static final int INTERCEPT = 0x0028_1052;
    private static final int SLOPE = 0x0028_1053;
    private static final int FUNCTION = 0x0028_1056;
    private static final int PALETTE_FORM = 0x0028_1101;
    private static final int PALETTE = 0x0028_1201;
    private static final int MODALITY_TABLE = 0x0028_3000;
    private static final int WINDOW_TABLE = 0x0028_3010;

    private static final List<String> MONOCHROME = List.of("MONOCHROME1", "MONOCHROME2");
    private static final int BYTE = 8;
    private static final int RGB = 3;

    private final Optional<Levels> levels;

    DicomFile(Optional<Levels> levels) {
        this.levels = levels;
    }

    PictureReader.Decoded read(byte[] content) throws UnreadableImage {
        DicomElements elements = DicomElements.of(content);
        Form form = Form.of(elements);
        int frames = elements.decimal(FRAMES).map(Double::intValue).orElse(1);
        try (DecodingMemory memory = DecodingMemory.take(form.width(), form.height())) {
            return new PictureReader.Decoded(picture(elements, form), Math.max(1, frames));
        }
    }

    /**
     * How the first image is stored.
     *
     * @param allocated bits of a sample, 8 or 16
     * @param bits how many of them count
     * @param shift where the lowest of them stands
     */
    private record Form(
            int height,
            int width,
            int samples,
            String photometric,
            int allocated,
            int bits,
            int shift,
            boolean signed,
            DicomElements.Element data) {

        static Form of(DicomElements elements) throws UnreadableImage {
            int allocated = require(elements, ALLOCATED, "bits");
            int bits = elements.number(STORED).orElse(allocated);
            int shift = elements.number(HIGH_BIT).orElse(bits - 1) + 1 - bits;
            if ((allocated != BYTE && allocated != 2 * BYTE) || bits < 1 || shift < 0 || bits + shift > allocated) {
                throw new UnreadableImage("has %d of %d bits a sample; those that can be read have 8 or 16 allocated"
                        .formatted(bits, allocated));
            }
            Form form = new Form(
                    require(elements, ROWS, "rows"),
                    require(elements, COLUMNS, "columns"),
                    elements.number(SAMPLES).orElse(1),
                    elements.text(PHOTOMETRIC).orElse("MONOCHROME2"),
                    allocated,
                    bits,
                    shift,
                    elements.number(SIGNED).orElse(0) == 1,
                    elements.find(DicomElements.PIXEL_DATA)
                            .orElseThrow(() -> new UnreadableImage("holds no image: it has no pixel data")));
            long needed = (long) form.height * form.width * form.samples * allocated / BYTE;
            long there =
                    Math.min(form.data.length() & 0xffff_ffffL, elements.bytes().limit() - form.data.begin());
            if (needed > there) {
                throw new UnreadableImage("is cut short: its DICOM data end too early; copy it again");
            }
            return form;
        }

        private static int require(DicomElements elements, int tag, String what) throws UnreadableImage {
            return elements.number(tag)
                    .orElseThrow(() -> new UnreadableImage("holds no image: it does not say how many " + what));
        }

        int pixels() {
            return height * width;
        }
    }

    private Picture picture(DicomElements elements, Form form) throws UnreadableImage {
        boolean grey = MONOCHROME.contains(form.photometric());
        boolean palette = form.photometric().equals("PALETTE COLOR");
        boolean rgb = form.photometric().equals("RGB") && form.allocated() == BYTE;
        if (!grey && !palette && !rgb) {
            throw new UnreadableImage(
                    "has the photometric interpretation %s with %d bits; those that can be read are MONOCHROME1, MONOCHROME2, PALETTE COLOR and 8-bit RGB"
                            .formatted(form.photometric(), form.allocated()));
        }
        if (form.samples() != (rgb ? RGB : 1)) {
            throw new UnreadableImage(
                    "has %d samples a pixel, which does not suit %s".formatted(form.samples(), form.photometric()));
        }
        if (rgb) {
            return rgb(elements, form);
        }
        return palette ? palette(elements, form) : grey(elements, form);
    }

    private Picture grey(DicomElements elements, Form form) throws UnreadableImage {
        if (elements.find(MODALITY_TABLE).isPresent()) {
            throw new UnreadableImage("rescales its values by a table, which is not known here; convert it");
        }
        double slope = elements.decimal(SLOPE).orElse(1.0);
        double intercept = elements.decimal(INTERCEPT).orElse(0.0);
        Levels shown = levels.isPresent() ? levels.get() : levels(elements, form, slope, intercept);
        boolean inverted = form.photometric().equals("MONOCHROME1");
        byte[] grey = new byte[form.pixels()];
        for (int i = 0; i < grey.length; i++) {
            byte level = shown.map(stored(elements, form, i) * slope + intercept);
            grey[i] = inverted ? (byte) ~level : level;
        }
        return new Picture(form.height(), form.width(), 1, grey);
    }

    /** The bits of a sample that count. */
    private static int stored(DicomElements elements, Form form, int index) {
        int value = form.allocated() == BYTE
                ? sample(elements, form, index)
                : elements.bytes().getShort(form.data().begin() + 2 * index) & 0xffff;
        int unused = Integer.SIZE - form.bits();
        int high = value >>> form.shift() << unused;
        return form.signed() ? high >> unused : high >>> unused;
    }

    /** Of samples of 8 bits in words of 16 the order of bytes counts. */
    private static int sample(DicomElements elements, Form form, int index) {
        ByteBuffer bytes = elements.bytes();
        boolean swapped = bytes.order() == ByteOrder.BIG_ENDIAN
                && form.data().representation().equals("OW");
        int at = form.data().begin() + (swapped ? index ^ 1 : index);
        return bytes.get(Math.min(at, bytes.limit() - 1)) & 0xff;
    }

    /** The window, or else what the stored bits can hold, rescaled. */
    private static Levels levels(DicomElements elements, Form form, double slope, double intercept)
            throws UnreadableImage {
        Optional<Double> centre = elements.decimal(CENTRE);
        Optional<Double> width = elements.decimal(WIDTH);
        if (centre.isPresent() && width.isPresent()) {
            return window(elements.text(FUNCTION).orElse("LINEAR"), centre.get(), width.get());
        }
        if (elements.find(WINDOW_TABLE).isPresent()) {
            throw new UnreadableImage("asks for a table as its window; say which values are black and white with"
                    + " window: [low, high]");
        }
        double low = form.signed() ? -(1L << (form.bits() - 1)) : 0;
        double first = low * slope + intercept;
        double last = (low + (1L << form.bits()) - 1) * slope + intercept;
        if (first == last) {
            throw new UnreadableImage("is broken: its rescale slope is 0");
        }
        return new Levels(Math.min(first, last), Math.max(first, last));
    }

    private static Levels window(String function, double centre, double width) throws UnreadableImage {
        // C.11.2.1.2.1: ((x − (c − 0.5)) / (w − 1) + 0.5) · 255, clipped at both ends; a width of 1 is a threshold.
        double low = function.equals("LINEAR") ? centre - 0.5 - (width - 1) / 2 : centre - width / 2;
        double high = function.equals("LINEAR") ? centre - 0.5 + (width - 1) / 2 : centre + width / 2;
        if (!function.equals("LINEAR") && !function.equals("LINEAR_EXACT")) {
            throw new UnreadableImage("asks for a " + function
                    + " window; say which values are black and white with window: [low, high]");
        }
        if (!(low <= high)) {
            throw new UnreadableImage("is broken: its window has the width " + width);
        }
        return new Levels(low, low < high ? high : Math.nextUp(low));
    }

    private static Picture rgb(DicomElements elements, Form form) {
        boolean planes = elements.number(PLANAR).orElse(0) == 1;
        byte[] rgb = new byte[form.pixels() * RGB];
        for (int i = 0; i < form.pixels(); i++) {
            for (int c = 0; c < RGB; c++) {
                rgb[i * RGB + c] = (byte) sample(elements, form, planes ? c * form.pixels() + i : i * RGB + c);
            }
        }
        return new Picture(form.height(), form.width(), RGB, rgb);
    }

    private static Picture palette(DicomElements elements, Form form) throws UnreadableImage {
        byte[] rgb = new byte[form.pixels() * RGB];
        for (int c = 0; c < RGB; c++) {
            int[] shape = elements.shorts(PALETTE_FORM + c).orElse(new int[0]);
            int[] words = elements.shorts(PALETTE + c).orElse(new int[0]);
            // Number of entries, the first value, bits of an entry.
            if (shape.length < RGB || shape[2] != 2 * BYTE || words.length == 0) {
                throw new UnreadableImage(
                        "has a palette that is none of 16 bits, which cannot be read; convert it to RGB");
            }
            for (int i = 0; i < form.pixels(); i++) {
                int entry = Math.min(Math.max(0, stored(elements, form, i) - shape[1]), words.length - 1);
                rgb[i * RGB + c] = (byte) (words[entry] >> BYTE);
            }
        }
        return new Picture(form.height(), form.width(), RGB, rgb);
    }
}

package org.osler.data.image;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.plugin.DICOM;
import ij.process.ImageProcessor;
import ij.util.DicomTools;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * DICOM files by ImageJ's reader, shown as DICOM PS3.3 C.11.2.1.2 prescribes: stored values are rescaled, the first
 * window that the file names maps them to 0 to 255, and MONOCHROME1 is inverted. Without a window the full range of the
 * stored bits counts.
 */
final class DicomFile {

    /** Those that ImageJ reads: implicit and explicit little-endian, explicit big-endian. */
    private static final List<String> PLAIN =
            List.of("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2");

    private static final List<String> PHOTOMETRIC = List.of("MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR");
    /** Tag (0002,0010), little-endian, with the type UI. */
    private static final byte[] TRANSFER_SYNTAX = {2, 0, 0x10, 0, 'U', 'I'};

    private static final int META = 1024;
    private static final int RGB = 3;

    private final Optional<Levels> levels;

    DicomFile(Optional<Levels> levels) {
        this.levels = levels;
    }

    PictureReader.Decoded read(byte[] content) throws UnreadableImage {
        requirePlain(content);
        DICOM image = new DICOM(new BufferedInputStream(new ByteArrayInputStream(content)));
        try {
            image.run("image");
        } catch (RuntimeException e) {
            throw new UnreadableImage("is broken or no DICOM file that can be read: " + e, e);
        }
        if (image.getProcessor() == null || image.getWidth() == 0) {
            throw new UnreadableImage("is broken or no DICOM file that can be read: no image was found in it");
        }
        double pixels = number(image, "0028,0010").orElse(0.0)
                * number(image, "0028,0011").orElse(0.0);
        if (pixels != (double) image.getWidth() * image.getHeight()) {
            throw new UnreadableImage("is broken or no DICOM file that can be read: its size is not told");
        }
        return new PictureReader.Decoded(picture(image), image.getStackSize());
    }

    private static void requirePlain(byte[] content) throws UnreadableImage {
        for (int at = 0; at + 8 < Math.min(META, content.length); at++) {
            boolean found = true;
            for (int i = 0; i < TRANSFER_SYNTAX.length && found; i++) {
                found = content[at + i] == TRANSFER_SYNTAX[i];
            }
            if (found) {
                int length = Math.min(content[at + 6] & 0xff, content.length - at - 8);
                String syntax = new String(content, at + 8, length, StandardCharsets.US_ASCII)
                        .trim()
                        .replace("\0", "");
                if (!PLAIN.contains(syntax)) {
                    throw new UnreadableImage("is a compressed DICOM file (transfer syntax " + syntax
                            + "), which cannot be read; decompress it first, for example with gdcmconv --raw");
                }
                return;
            }
        }
    }

    private Picture picture(ImagePlus image) throws UnreadableImage {
        String photometric = text(image, "0028,0004").orElse("MONOCHROME2");
        if (!PHOTOMETRIC.contains(photometric)) {
            throw new UnreadableImage("has the photometric interpretation " + photometric
                    + "; those that can be read are " + String.join(", ", PHOTOMETRIC));
        }
        ImageProcessor pixels = image.getStack().getProcessor(1);
        if (photometric.equals("RGB") || photometric.startsWith("PALETTE")) {
            return colours(image.getBitDepth() == 24 ? pixels : palette(image, pixels));
        }
        boolean inverted = photometric.equals("MONOCHROME1");
        Calibration rescale = image.getCalibration();
        Levels shown = levels.isPresent() ? levels.get() : levels(image, rescale);
        byte[] grey = new byte[pixels.getPixelCount()];
        for (int i = 0; i < grey.length; i++) {
            double value = image.getBitDepth() == 32 ? pixels.getf(i) : rescale.getCValue(pixels.get(i));
            byte level = shown.map(value);
            grey[i] = inverted ? (byte) ~level : level;
        }
        return new Picture(pixels.getHeight(), pixels.getWidth(), 1, grey);
    }

    private static ImageProcessor palette(ImagePlus image, ImageProcessor pixels) throws UnreadableImage {
        if (image.getBitDepth() != 8) {
            throw new UnreadableImage("has a palette of more than 8 bits, which cannot be read; convert it to RGB");
        }
        return pixels.convertToRGB();
    }

    private static Picture colours(ImageProcessor pixels) {
        byte[] rgb = new byte[pixels.getPixelCount() * RGB];
        for (int i = 0, at = 0; at < rgb.length; i++) {
            int colour = pixels.get(i);
            rgb[at++] = (byte) (colour >> 16);
            rgb[at++] = (byte) (colour >> 8);
            rgb[at++] = (byte) colour;
        }
        return new Picture(pixels.getHeight(), pixels.getWidth(), RGB, rgb);
    }

    /** The window, or else what the stored bits can hold, rescaled. */
    private static Levels levels(ImagePlus image, Calibration rescale) throws UnreadableImage {
        Optional<Double> centre = number(image, "0028,1050");
        Optional<Double> width = number(image, "0028,1051");
        if (centre.isPresent() && width.isPresent() && width.get() >= 1) {
            String function = text(image, "0028,1056").orElse("LINEAR");
            return switch (function) {
                // C.11.2.1.2.1: ((x − (c − 0.5)) / (w − 1) + 0.5) · 255, clipped at both ends.
                case "LINEAR" ->
                    width.get() > 1
                            ? around(centre.get() - 0.5, width.get() - 1)
                            : new Levels(centre.get() - 0.5, Math.nextUp(centre.get() - 0.5));
                case "LINEAR_EXACT" -> around(centre.get(), width.get());
                default ->
                    throw new UnreadableImage("asks for a " + function
                            + " window; say which values are black and white with window: [low, high]");
            };
        }
        if (image.getBitDepth() == 32) {
            throw new UnreadableImage(
                    "has values without a range of their own; say which of them are black and white with"
                            + " window: [low, high]");
        }
        int bits = number(image, "0028,0101").map(Double::intValue).orElse(image.getBitDepth());
        boolean signed = number(image, "0028,0103").map(Double::intValue).orElse(0) == 1;
        double low = signed ? -(1L << (bits - 1)) : 0;
        double slope = number(image, "0028,1053").orElse(1.0);
        double intercept = number(image, "0028,1052").orElse(0.0);
        double first = low * slope + intercept;
        double last = (low + (1L << bits) - 1) * slope + intercept;
        return new Levels(Math.min(first, last), Math.max(first, last));
    }

    private static Levels around(double centre, double width) {
        return new Levels(centre - width / 2, centre + width / 2);
    }

    private static Optional<String> text(ImagePlus image, String tag) {
        return Optional.ofNullable(DicomTools.getTag(image, tag))
                .map(String::trim)
                .filter(text -> !text.isEmpty());
    }

    /** The first number of a tag. */
    private static Optional<Double> number(ImagePlus image, String tag) {
        return text(image, tag).map(text -> text.split("\\\\", 2)[0].trim()).flatMap(DicomFile::parsed);
    }

    private static Optional<Double> parsed(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}

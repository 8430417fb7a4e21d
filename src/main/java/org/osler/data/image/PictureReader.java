package org.osler.data.image;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes image files; one for each thread, since the JDK's decoders are not to be shared.
 *
 * <p>Stored values are taken as they are: no colour profile, no gamma, no EXIF orientation, as PIL's {@code Image.open}
 * and {@code convert("RGB")} do. Of files with several images the first one is taken.
 */
public final class PictureReader implements AutoCloseable {

    private static final long MOST_IN_MEMORY = 1 << 26;
    private static final int SHOWN = 20;
    private static final int INKS = 4;
    private static final int BYTE = 8;

    private final Rasters rasters;
    private final DicomFile dicom;
    private final Map<ImageFormat, ImageReader> decoders = new EnumMap<>(ImageFormat.class);
    private boolean truncated;

    /**
     * Prepares.
     *
     * @param levels black and white of images with more than 8 bits; empty: their format's full range, in DICOM files
     *     the window they name
     */
    public PictureReader(Optional<Levels> levels) {
        this.rasters = new Rasters(levels);
        this.dicom = new DicomFile(levels);
    }

    /**
     * A decoded file.
     *
     * @param picture its image, or the first of several
     * @param images how many images it has; 1 where the format does not tell cheaply
     */
    public record Decoded(Picture picture, int images) {}

    /**
     * Decodes a file.
     *
     * @throws UnreadableImage if it is none, broken, too large, or of a kind that is not known here
     */
    public Decoded read(Path file) throws UnreadableImage {
        try {
            if (Files.isDirectory(file)) {
                throw new UnreadableImage("is a folder");
            }
            long length = Files.size(file);
            byte[] content = length > MOST_IN_MEMORY ? head(file) : Files.readAllBytes(file);
            ImageFormat format = format(content);
            if (format == ImageFormat.JPEG) {
                content = content.length < length ? Files.readAllBytes(file) : content;
                JpegHeader.hideProfiles(content);
            }
            if (format == ImageFormat.DICOM) {
                return dicom.read(content.length < length ? Files.readAllBytes(file) : content);
            }
            return decode(file, length, content, format);
        } catch (NoSuchFileException e) {
            throw new UnreadableImage("is not there", e);
        } catch (IOException e) {
            throw UnreadableImage.here("cannot be read: " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            // Decoders believe lengths within files: of strips, of palettes, of compressed blocks.
            throw UnreadableImage.here("is broken, or takes more memory than Java has", e);
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(1 << 16);
        }
    }

    private static ImageFormat format(byte[] content) throws UnreadableImage {
        if (content.length == 0) {
            throw new UnreadableImage("is empty (0 bytes); copy it again");
        }
        Optional<ImageFormat> format = ImageFormat.of(content);
        if (format.isPresent()) {
            return format.get();
        }
        String start = new String(content, 0, Math.min(SHOWN, content.length), StandardCharsets.ISO_8859_1);
        boolean text = start.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t');
        throw new UnreadableImage("is no %s file%s"
                .formatted(
                        ImageFormat.words(),
                        text ? "; it is text and begins with \"" + start.strip().replaceAll("\\s+", " ") + "\"" : ""));
    }

    private Decoded decode(Path file, long length, byte[] content, ImageFormat format)
            throws UnreadableImage, IOException {
        Optional<JpegHeader> jpeg = format == ImageFormat.JPEG ? JpegHeader.of(content) : Optional.empty();
        if (jpeg.isPresent() && jpeg.get().bits() != BYTE) {
            throw new UnreadableImage("is a JPEG of %d bits; only those of 8 can be read: convert it to PNG or TIFF"
                    .formatted(jpeg.get().bits()));
        }
        truncated = false;
        ImageReader decoder = decoders.computeIfAbsent(format, this::decoder);
        try (ImageInputStream in = content.length < length
                ? new FileImageInputStream(file.toFile())
                : new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            decoder.setInput(in, format == ImageFormat.JPEG, true);
            Decoded decoded = decode(decoder, format, jpeg);
            if (truncated) {
                throw cutShort(format, null);
            }
            return decoded;
        } catch (EOFException e) {
            throw cutShort(format, e);
        } catch (IOException | RuntimeException e) {
            // The JDK's decoders let broken files end in many an exception: of bounds, of arguments, of types.
            if (truncated || e.getCause() instanceof EOFException) {
                throw cutShort(format, e);
            }
            throw new UnreadableImage("is broken or no %s that can be read: %s".formatted(format, reason(e)), e);
        } finally {
            decoder.reset();
            listen(decoder);
        }
    }

    private static UnreadableImage cutShort(ImageFormat format, Throwable cause) {
        return new UnreadableImage("is cut short: its %s data end too early; copy it again".formatted(format), cause);
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private ImageReader decoder(ImageFormat format) {
        ImageReader decoder = ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT))
                .next();
        listen(decoder);
        return decoder;
    }

    /** Forgotten by the decoder with each reset. */
    private void listen(ImageReader decoder) {
        decoder.addIIOReadWarningListener((source, warning) -> truncated |= warning.startsWith("Truncated File"));
        if (decoder.getAvailableLocales() != null
                && Arrays.asList(decoder.getAvailableLocales()).contains(Locale.ENGLISH)) {
            decoder.setLocale(Locale.ENGLISH);
        }
    }

    private Decoded decode(ImageReader decoder, ImageFormat format, Optional<JpegHeader> jpeg)
            throws IOException, UnreadableImage {
        try (DecodingMemory memory = DecodingMemory.take(decoder.getWidth(0), decoder.getHeight(0))) {
            int images = format == ImageFormat.GIF || format == ImageFormat.TIFF ? decoder.getNumImages(true) : 1;
            if (jpeg.isPresent() && jpeg.get().components() == INKS) {
                var raster = decoder.readRaster(0, decoder.getDefaultReadParam());
                byte[] inks = CmykJpeg.inks(rasters.samples(raster, INKS), jpeg.get());
                return new Decoded(new Picture(raster.getHeight(), raster.getWidth(), 3, Rasters.ofCmyk(inks)), images);
            }
            return new Decoded(rasters.picture(decoder.read(0)), images);
        }
    }

    /** Frees the decoders. */
    @Override
    public void close() {
        decoders.values().forEach(ImageReader::dispose);
    }
}

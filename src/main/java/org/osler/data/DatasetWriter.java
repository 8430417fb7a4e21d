package org.osler.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osler.InputException;
import org.osler.weights.ByteProgress;

/**
 * Writes a dataset's images one by one, in any order and by many threads, into the files that are memory-mapped later.
 *
 * <p>Whether all images are grey is known when the last one is there: until then they are kept with three channels.
 */
public final class DatasetWriter implements Closeable {

    private static final int RGB = 3;
    private static final int CHUNK_IMAGES = 64;

    private final Path folder;
    private final int side;
    private final Map<Split, FileChannel> files = new EnumMap<>(Split.class);
    private final AtomicBoolean colour = new AtomicBoolean();

    /**
     * Begins.
     *
     * @param folder an empty folder
     * @param side of every image in pixels
     * @param images how many there will be at most, in all splits
     * @throws InputException if the disk has no room for them
     */
    public DatasetWriter(Path folder, int side, long images) throws IOException {
        this.folder = folder;
        this.side = side;
        long bytes = images * side * side * RGB;
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < bytes) {
            throw new InputException(
                    "the images unpack to %,d MB, but %s has room for %,d MB; free some or set OSLER_HOME"
                            .formatted(bytes >> 20, folder.getParent(), room >> 20));
        }
        for (Split split : Split.values()) {
            files.put(
                    split,
                    FileChannel.open(
                            colourFile(split),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE));
        }
    }

    private Path colourFile(Split split) {
        return folder.resolve(split.id() + ".rgb");
    }

    /**
     * Writes one image. Safe for many threads.
     *
     * @param index of the image in its split
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param pixels [side, side, channels]
     */
    public void image(Split split, int index, int channels, byte[] pixels) {
        byte[] bytes = pixels;
        if (channels == 1) {
            bytes = new byte[pixels.length * RGB];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = pixels[i / RGB];
            }
        } else {
            colour.set(true);
        }
        try {
            FileChannel file = files.get(split);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            long at = (long) index * bytes.length;
            while (buffer.hasRemaining()) {
                at += file.write(buffer, at);
            }
        } catch (IOException e) {
            throw full(e);
        }
    }

    private InputException full(IOException cause) {
        return new InputException(
                "cannot write to %s: %s; set OSLER_HOME to a folder with room"
                        .formatted(folder.getParent(), cause.getMessage()),
                cause);
    }

    /**
     * Writes labels and all else, which makes the dataset whole.
     *
     * @param hash the dataset's
     * @param labels [N, L] of each split, for every index of an image
     * @param metadata of every index of an image
     * @param leftOut indices of images that were not written; their labels are passed over, too
     */
    public void finish(String hash, Map<Split, int[][]> labels, Metadata metadata, Map<Split, BitSet> leftOut)
            throws IOException {
        int channels = colour.get() ? RGB : 1;
        int columns = labels.get(Split.TRAIN)[0].length;
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        Map<Split, String> writtenImages = new EnumMap<>(Split.class);
        Map<Split, String> writtenLabels = new EnumMap<>(Split.class);
        try {
            metadata.without(leftOut).write(folder);
            for (Split split : Split.values()) {
                BitSet out = leftOut.get(split);
                counts.put(split, labels.get(split).length - out.cardinality());
                writtenLabels.put(split, labels(split, labels.get(split), out, columns));
                writtenImages.put(split, images(split, labels.get(split).length, out, channels));
            }
        } catch (IOException e) {
            throw full(e);
        }
        var shape = new ImageShape(side, side, channels);
        Manifest.of(hash, shape, columns, counts, true, writtenImages, writtenLabels)
                .write(folder);
    }

    /** Returns the checksum of what was written. */
    private String labels(Split split, int[][] rows, BitSet leftOut, int columns) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.length * columns * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < columns && !leftOut.get(i); c++) {
                bytes.putInt(rows[i][c]);
            }
        }
        try (ChecksummedFile file = ChecksummedFile.create(UnpackedDataset.labels(folder, split))) {
            file.write(bytes.flip());
            return file.finish();
        }
    }

    /**
     * Images as they are to be mapped: without gaps, and with one channel where all are grey. Returns their checksum:
     * where nothing is moved that of what the file now holds, for images came in any order.
     */
    private String images(Split split, int count, BitSet leftOut, int channels) throws IOException {
        FileChannel from = files.get(split);
        if (channels == RGB && leftOut.isEmpty()) {
            from.force(true);
            from.close();
            Path file = Files.move(colourFile(split), UnpackedDataset.images(folder, split));
            return Checksum.of(file, ByteProgress.SILENT);
        }
        int imageBytes = side * side * RGB;
        byte[] chunk = new byte[imageBytes];
        ByteBuffer out = ByteBuffer.allocate(CHUNK_IMAGES * side * side * channels);
        String checksum;
        try (ChecksummedFile to = ChecksummedFile.create(UnpackedDataset.images(folder, split))) {
            for (int i = leftOut.nextClearBit(0); i < count; i = leftOut.nextClearBit(i + 1)) {
                read(from, chunk, (long) i * imageBytes);
                for (int at = 0; at < imageBytes; at += RGB / channels) {
                    out.put(chunk[at]);
                }
                if (!out.hasRemaining()) {
                    to.write(out.flip());
                    out.clear();
                }
            }
            to.write(out.flip());
            checksum = to.finish();
        }
        from.close();
        Files.delete(colourFile(split));
        return checksum;
    }

    private static void read(FileChannel from, byte[] target, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target);
        while (buffer.hasRemaining()) {
            if (from.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("an image was not written");
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files.values()) {
            file.close();
        }
    }
}

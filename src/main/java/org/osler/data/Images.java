package org.osler.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The images of one split: 8-bit, all of one size, memory-mapped. Any number of threads may read at the same time.
 *
 * <p>An image is {@code height × width × channels} bytes, rows from the top, the channels of a pixel side by side.
 */
public final class Images {

    /** The most bytes mapped at a time; a mapping ends at 2 GB. */
    static final int PIECE_BYTES = 1 << 30;

    private final int count;
    private final ImageShape shape;
    private final List<ByteBuffer> pieces;
    private final int imagesPerPiece;

    private Images(int count, ImageShape shape, List<ByteBuffer> pieces, int imagesPerPiece) {
        this.count = count;
        this.shape = shape;
        this.pieces = List.copyOf(pieces);
        this.imagesPerPiece = imagesPerPiece;
    }

    /**
     * Maps a file of images.
     *
     * @param pieceBytes the most bytes of one mapping, at least those of an image
     */
    static Images map(Path file, int count, ImageShape shape, int pieceBytes) throws IOException {
        int imagesPerPiece = pieceBytes / shape.bytes();
        List<ByteBuffer> pieces = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file)) {
            for (long first = 0; first < count; first += imagesPerPiece) {
                long images = Math.min(imagesPerPiece, count - first);
                pieces.add(channel.map(FileChannel.MapMode.READ_ONLY, first * shape.bytes(), images * shape.bytes()));
            }
        }
        return new Images(count, shape, pieces, imagesPerPiece);
    }

    /**
     * Images that lie in memory.
     *
     * @param channels 1 (grey) or 3 (red, green, blue)
     * @param pixels {@code count × height × width × channels} bytes; not copied
     */
    public static Images of(int count, int height, int width, int channels, byte[] pixels) {
        var shape = new ImageShape(height, width, channels);
        if (pixels.length != (long) count * shape.bytes()) {
            throw new IllegalArgumentException(pixels.length + " bytes are not " + count + " images of " + shape);
        }
        return new Images(count, shape, List.of(ByteBuffer.wrap(pixels)), Math.max(1, count));
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Height of each in pixels. */
    public int height() {
        return shape.height();
    }

    /** Width of each in pixels. */
    public int width() {
        return shape.width();
    }

    /** 1 (grey) or 3 (red, green, blue). */
    public int channels() {
        return shape.channels();
    }

    /** Bytes of one image. */
    public int imageBytes() {
        return shape.bytes();
    }

    /**
     * Copies one image.
     *
     * @param index of the image, in file order from 0
     * @param target gets {@link #imageBytes()} bytes from its beginning on
     */
    public void read(int index, ByteBuffer target) {
        Objects.checkIndex(index, count);
        target.put(0, pieces.get(index / imagesPerPiece), (index % imagesPerPiece) * imageBytes(), imageBytes());
    }

    /**
     * Copies one image.
     *
     * @param index of the image, in file order from 0
     * @param target gets {@link #imageBytes()} bytes
     * @param offset where in the target they begin
     */
    public void read(int index, byte[] target, int offset) {
        Objects.checkIndex(index, count);
        pieces.get(index / imagesPerPiece).get((index % imagesPerPiece) * imageBytes(), target, offset, imageBytes());
    }
}

package org.osler.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * The images of one split: 8-bit, all of one size, memory-mapped. Any number of threads may read at the same time.
 *
 * <p>An image is {@code height × width × channels} bytes, rows from the top, the channels of a pixel side by side.
 */
public final class Images {

    private final int count;
    private final ImageShape shape;
    private final List<ByteBuffer> pieces;
    private final int imagesPerPiece;

    Images(int count, ImageShape shape, List<ByteBuffer> pieces, int imagesPerPiece) {
        this.count = count;
        this.shape = shape;
        this.pieces = List.copyOf(pieces);
        this.imagesPerPiece = imagesPerPiece;
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
     * @param target gets {@link #imageBytes()} bytes
     * @param offset where in the target they begin
     */
    public void read(int index, byte[] target, int offset) {
        Objects.checkIndex(index, count);
        pieces.get(index / imagesPerPiece).get((index % imagesPerPiece) * imageBytes(), target, offset, imageBytes());
    }
}

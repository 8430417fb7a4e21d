package org.osler.data.image;

import java.util.concurrent.Semaphore;

/**
 * Keeps the images that are decoded at the same time within half of Java's memory: small ones side by side, large ones one
 * after another. An image that is too large for that alone is refused, before anything is decoded.
 */
final class DecodingMemory implements AutoCloseable {

    /** Of a decoded image with up to four samples of 16 bits, and its 8-bit copy. */
    private static final int BYTES_PER_PIXEL = 11;

    /** PIL refuses images from here on as decompression bombs: twice 1 GiB / 4 / 3. */
    static final long MOST_PIXELS = 178_956_970;

    private static final int UNIT = 1 << 20;
    private static final int ALL =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / UNIT);
    private static final Semaphore FREE = new Semaphore(ALL, true);

    private final int taken;

    private DecodingMemory(int taken) {
        this.taken = taken;
    }

    /** Waits until there is room for an image and takes it. */
    static DecodingMemory take(long width, long height) throws UnreadableImage {
        double pixels = (double) width * height;
        if (width < 1 || height < 1) {
            throw new UnreadableImage("claims to be of %d × %d pixels".formatted(width, height));
        }
        if (pixels > MOST_PIXELS) {
            throw new UnreadableImage("is too large: %,d × %,d pixels are more than %,d; cut it or reduce it"
                    .formatted(width, height, MOST_PIXELS));
        }
        int needed = (int) (pixels * BYTES_PER_PIXEL / UNIT) + 1;
        if (needed > ALL) {
            throw UnreadableImage.here(
                    "is too large for Java's memory: %,d × %,d pixels take %,d MB, %,d may be used; reduce it, or give Java more with JAVA_TOOL_OPTIONS=-Xmx8g"
                            .formatted(width, height, needed, ALL),
                    null);
        }
        FREE.acquireUninterruptibly(needed);
        return new DecodingMemory(needed);
    }

    @Override
    public void close() {
        FREE.release(taken);
    }
}

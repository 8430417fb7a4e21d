package org.osler.data.review;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.osler.data.Images;
import org.osler.data.Split;
import org.osler.weights.Hashes;

/** Images that lie in more than one split: their stored pixels have the same SHA-256. */
public final class IdenticalImages {

    /** Images that are hashed between two reports of how far it is. */
    private static final int PIECE = 512;

    private IdenticalImages() {}

    /** The first half of a SHA-256. */
    private record Hash(long first, long second) {}

    /**
     * Finds them. Reads every image once, by all processors.
     *
     * @param images of every split
     * @param done hears how many more images were read
     * @return links of the cause {@link Cause#IDENTICAL}
     */
    public static List<Link> of(Map<Split, Images> images, LongConsumer done) {
        Map<Split, List<Hash>> hashes = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            hashes.put(split, hashes(images.get(split), done));
        }
        return SharedKeys.links(Cause.IDENTICAL, hashes, 1);
    }

    private static List<Hash> hashes(Images images, LongConsumer done) {
        Hash[] hashes = new Hash[images.count()];
        for (int from = 0; from < hashes.length; from += PIECE) {
            int to = Math.min(hashes.length, from + PIECE);
            IntStream.range(from, to).parallel().forEach(i -> hashes[i] = hash(images, i));
            done.accept(to - from);
        }
        return List.of(hashes);
    }

    private static Hash hash(Images images, int index) {
        byte[] pixels = new byte[images.imageBytes()];
        images.read(index, pixels, 0);
        ByteBuffer digest = ByteBuffer.wrap(Hashes.digest("SHA-256").digest(pixels));
        return new Hash(digest.getLong(), digest.getLong());
    }
}

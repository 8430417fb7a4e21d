package org.osler.train;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Split;
import org.osler.tensor.Cuda;
import org.osler.tensor.DType;
import org.osler.tensor.Device;
import org.osler.tensor.Placement;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * The batches of a run, on the device that computes. A card that has room for the images that the run sees again and again,
 * those for training and validation, keeps them as bytes; the processor then only names those of a batch.
 */
final class Batches implements AutoCloseable {

    /** Images may take this part of what is free on a card. */
    private static final int SHARE = 4;

    /** Images that are sent at once. */
    private static final int SENT = 256;

    private final ImageSet data;
    private final Device device;
    private final Map<Split, Tensor> kept = new EnumMap<>(Split.class);

    Batches(ImageSet data, Device device) {
        this(data, device, Cuda.memory(device).free() / SHARE);
    }

    /** With so many bytes for images; on any device, for tests. */
    Batches(ImageSet data, Device device, long room) {
        this.data = data;
        this.device = device;
        long left = room;
        for (Split split : List.of(Split.TRAIN, Split.VAL)) {
            Images images = data.images().get(split);
            long bytes = (long) images.count() * images.imageBytes();
            // A few shots are not worth sending all the others.
            boolean needed = split != Split.TRAIN || data.trainIndices().length == images.count();
            if (needed && bytes <= left) {
                kept.put(split, keep(images));
                left -= bytes;
            }
        }
    }

    private Tensor keep(Images images) {
        try (Scope scope = Scope.open()) {
            Tensor all = scope.keep(Placement.empty(
                    device, DType.UINT8, images.count(), images.height(), images.width(), images.channels()));
            for (int from = 0; from < images.count(); from += SENT) {
                int[] some = FeatureExtractor.range(from, Math.min(images.count(), from + SENT));
                try (Scope part = Scope.open()) {
                    all.narrow(0, from, some.length).copyInPlace(Preprocessing.sent(device, images, some));
                }
            }
            return all;
        }
    }

    /** How many images a split has. */
    int count(Split split) {
        return data.images().get(split).count();
    }

    /** Whether a split's images are kept on the device. */
    boolean keeps(Split split) {
        return kept.containsKey(split);
    }

    /** Images by their indices: normalised float32 [B, 3, input, input]. */
    Tensor of(Split split, int... indices) {
        Tensor all = kept.get(split);
        if (all == null) {
            return data.preprocessing().batch(device, data.images().get(split), indices);
        }
        Tensor index = Tensors.of(IntStream.of(indices).asLongStream().toArray(), indices.length);
        return data.preprocessing().batch(all.indexSelect(0, Placement.send(index, device)));
    }

    @Override
    public void close() {
        kept.values().forEach(Tensor::close);
    }
}

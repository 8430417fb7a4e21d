package org.osler.train;

import java.io.IOException;
import java.util.Optional;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.tensor.Scope;
import org.osler.weights.SafeTensorsWriter;

/** One pass of a frozen encoder over a dataset, which takes over what an earlier one came to. */
final class FeaturePass implements AutoCloseable {

    private static final int BATCH = 32;

    private final Encoder encoder;
    private final Preprocessing preprocessing;
    private final SafeTensorsWriter writer;
    private final FeatureParts parts;
    private final Progress.Bar bar;
    private final Behind behind;

    /** All are borrowed. */
    FeaturePass(
            Encoder encoder,
            Preprocessing preprocessing,
            SafeTensorsWriter writer,
            FeatureParts parts,
            Progress.Bar bar) {
        this.encoder = encoder;
        this.preprocessing = preprocessing;
        this.writer = writer;
        this.parts = parts;
        this.bar = bar;
        this.behind = new Behind(encoder.parameters().device());
    }

    /**
     * Appends the features of a split's images.
     *
     * @throws StoppedException if the bar says so; what is there was put away
     */
    void over(Split split, Images images) throws IOException {
        int most = PassBatch.of(encoder, BATCH);
        int count;
        for (int from = 0; from < images.count(); from += count) {
            Optional<float[]> before = parts.find(split, from, images.count() - from);
            if (before.isPresent()) {
                behind.finish();
                count = append(split, before.get());
                tell(count);
            } else {
                int[] indices = FeatureExtractor.range(from, Math.min(images.count(), from + most));
                count = indices.length;
                start(split, images, indices);
            }
        }
        behind.finish();
    }

    private void start(Split split, Images images, int... indices) throws IOException {
        try (Scope scope = Scope.open()) {
            behind.add(scope, FeatureExtractor.features(encoder, images, preprocessing, indices), result -> {
                float[] features = result.toFloats();
                int count = append(split, features);
                parts.add(split, indices[0], features);
                tell(count);
            });
        }
    }

    private int append(Split split, float... features) throws IOException {
        writer.append(split.id(), features);
        return features.length / encoder.card().features();
    }

    private void tell(int count) throws IOException {
        try {
            bar.step(count);
        } catch (StoppedException e) {
            parts.put();
            throw e;
        }
    }

    @Override
    public void close() {
        behind.close();
    }
}

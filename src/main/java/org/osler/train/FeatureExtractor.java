package org.osler.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.Images;
import org.osler.data.Preprocessing;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/**
 * Runs a frozen encoder once over a dataset and keeps the features in a safetensors file: one float32 tensor
 * {@code [N, D]} a split, named {@code train}, {@code val}, {@code test}.
 */
public final class FeatureExtractor {

    private static final int BATCH = 32;

    private FeatureExtractor() {}

    /**
     * Writes the features of all splits to a file, which appears only when it is whole. A pass that was broken off goes on
     * from what it put away.
     *
     * @param metadata what made them, kept in the file
     */
    public static void write(
            Encoder encoder,
            Dataset dataset,
            Preprocessing preprocessing,
            Path file,
            Map<String, String> metadata,
            Progress progress)
            throws IOException {
        write(encoder, dataset, preprocessing, file, metadata, progress, FeatureParts.INTERVAL);
    }

    /** The same with another time between two parts. */
    static void write(
            Encoder encoder,
            Dataset dataset,
            Preprocessing preprocessing,
            Path file,
            Map<String, String> metadata,
            Progress progress,
            Duration interval)
            throws IOException {
        int dimensions = encoder.card().features();
        int most = PassBatch.of(encoder, BATCH);
        FeatureParts parts = new FeatureParts(file, metadata, dimensions, interval);
        List<Declaration> declarations = new ArrayList<>();
        long total = 0;
        for (Split split : Split.values()) {
            declarations.add(new Declaration(split.id(), ElementType.F32, dataset.count(split), dimensions));
            total += dataset.count(split);
        }
        Map<Split, Images> all = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            all.put(split, dataset.images(split)); // which may look at all of them first
        }
        try (SafeTensorsWriter writer = SafeTensorsWriter.createChecked(file, declarations, metadata);
                Progress.Bar bar =
                        progress.begin("features of " + encoder.card().id(), total)) {
            for (Split split : Split.values()) {
                Images images = all.get(split);
                for (int from = 0; from < images.count(); ) {
                    Optional<float[]> before = parts.find(split, from, images.count() - from);
                    int[] indices = range(from, Math.min(images.count(), from + most));
                    float[] features =
                            before.isPresent() ? before.get() : batch(encoder, images, preprocessing, indices);
                    writer.append(split.id(), features);
                    if (before.isEmpty()) {
                        parts.add(split, from, features);
                    }
                    int count = features.length / dimensions;
                    from += count;
                    tell(bar, count, parts);
                }
            }
            writer.commit();
        }
        parts.remove();
    }

    private static void tell(Progress.Bar bar, int count, FeatureParts parts) throws IOException {
        try {
            bar.step(count);
        } catch (StoppedException e) {
            parts.put();
            throw e;
        }
    }

    /** Whether a file of features is there, and as it was written. */
    public static boolean isIntact(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return tensors.isIntact();
        } catch (InputException e) {
            return false;
        }
    }

    /**
     * Reads a file of features back, as tensors of the innermost scope.
     *
     * @throws InputException if the file is damaged
     */
    public static Map<Split, Tensor> read(Path file) throws IOException {
        Map<Split, Tensor> features = new EnumMap<>(Split.class);
        try (SafeTensors tensors = SafeTensors.open(file)) {
            for (Split split : Split.values()) {
                SafeTensors.Entry entry = tensors.entries().get(split.id());
                features.put(split, Tensors.copyOf(tensors.bytes(split.id()), DType.FLOAT32, entry.shape()));
            }
        }
        return features;
    }

    static float[] batch(Encoder encoder, Images images, Preprocessing preprocessing, int... indices) {
        try (Scope scope = Scope.open()) {
            return Autograd.off(() -> encoder.features(
                            preprocessing.batch(encoder.parameters().device(), images, indices), Mode.EVAL)
                    .toFloats());
        }
    }

    static int[] range(int from, int to) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return indices;
    }
}

package org.osler.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        List<Declaration> declarations = new ArrayList<>();
        Map<Split, Images> all = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            declarations.add(new Declaration(split.id(), ElementType.F32, dataset.count(split), dimensions));
            all.put(split, dataset.images(split)); // which may look at all of them first
        }
        FeatureParts parts = new FeatureParts(file, metadata, dimensions, interval);
        long total = all.values().stream().mapToLong(Images::count).sum();
        try (SafeTensorsWriter writer = SafeTensorsWriter.createChecked(file, declarations, metadata);
                Progress.Bar bar =
                        progress.begin("features of " + encoder.card().id(), total);
                FeaturePass pass = new FeaturePass(encoder, preprocessing, writer, parts, bar)) {
            for (Split split : Split.values()) {
                pass.over(split, all.get(split));
            }
            writer.commit();
        }
        parts.remove();
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
            return features(encoder, images, preprocessing, indices).toFloats();
        }
    }

    /** Features [B, D], in the innermost scope; on a card they may be still to come. */
    static Tensor features(Encoder encoder, Images images, Preprocessing preprocessing, int... indices) {
        return Autograd.off(
                () -> encoder.features(preprocessing.batch(encoder.parameters().device(), images, indices), Mode.EVAL));
    }

    static int[] range(int from, int to) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return indices;
    }
}

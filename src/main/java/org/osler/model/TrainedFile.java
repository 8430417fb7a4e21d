package org.osler.model;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.nn.Parameters;
import org.osler.train.TrainedHead;
import org.osler.weights.ElementType;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/**
 * What one training leaves, kept until a model is made of the best: its head and the head's logits, and the encoder where
 * it was trained too. A safetensors file with {@link ModelParameters}'s names, {@code val.logits} and
 * {@code test.logits}.
 */
public final class TrainedFile {

    private static final String VAL = "val.logits";
    private static final String TEST = "test.logits";

    private TrainedFile() {}

    /**
     * Writes a file, which appears whole or not at all.
     *
     * @param encoder its parameters, if they were trained
     */
    public static void write(Path file, Optional<Parameters> encoder, TrainedHead head) throws IOException {
        List<Declaration> declarations = new ArrayList<>(ModelParameters.declarations(encoder, head));
        int logits = head.bias().length;
        declarations.add(new Declaration(VAL, ElementType.F32, head.valLogits().length, logits));
        declarations.add(new Declaration(TEST, ElementType.F32, head.testLogits().length, logits));
        try (SafeTensorsWriter writer = SafeTensorsWriter.create(file, declarations, Map.of())) {
            ModelParameters.append(writer, encoder, head);
            // Logits are float32 that were widened; they become what they were.
            writer.append(VAL, head.valLogits());
            writer.append(TEST, head.testLogits());
            writer.commit();
        }
    }

    /** Reads the head back. */
    public static TrainedHead head(Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            int features =
                    (int) tensors.entries().get(ModelParameters.HEAD_WEIGHT).shape()[1];
            float[] bias = floats(tensors, ModelParameters.HEAD_BIAS);
            return new TrainedHead(
                    features,
                    floats(tensors, ModelParameters.HEAD_WEIGHT),
                    bias,
                    tensors.rows(VAL),
                    tensors.rows(TEST));
        }
    }

    /** Whether a file has the parameters of an encoder that was trained too. */
    public static boolean hasEncoder(Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return tensors.entries().keySet().stream().anyMatch(name -> name.startsWith(ModelParameters.ENCODER));
        }
    }

    /** Reads the encoder's parameters back into an encoder's. */
    public static void encoder(Path file, Parameters encoder) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            for (Map.Entry<String, Parameters.Entry> entry : encoder.entries().entrySet()) {
                tensors.read(
                        ModelParameters.ENCODER + entry.getKey(),
                        entry.getValue().tensor().bytes());
            }
        }
    }

    static float[] floats(SafeTensors tensors, String name) throws IOException {
        FloatBuffer buffer = tensors.bytes(name).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}

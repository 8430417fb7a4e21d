package org.osler.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.InputException;
import org.osler.nn.Parameters;
import org.osler.tensor.DType;
import org.osler.tensor.Tensor;
import org.osler.train.TrainedHead;
import org.osler.weights.ElementType;
import org.osler.weights.Hashes;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;
import org.osler.weights.SafeTensorsWriter.Declaration;

/**
 * {@code model.safetensors}: the encoder's parameters and buffers under timm's names with {@link #ENCODER} before them,
 * and {@code head.weight} {@code [C, D]}, {@code head.bias} {@code [C]}; float32, counters int64.
 */
final class ModelParameters {

    static final String ENCODER = "encoder.";
    static final String HEAD_WEIGHT = "head.weight";
    static final String HEAD_BIAS = "head.bias";

    private ModelParameters() {}

    static void write(Path file, Parameters encoder, TrainedHead head) throws IOException {
        Optional<Parameters> all = Optional.of(encoder);
        try (SafeTensorsWriter writer =
                SafeTensorsWriter.create(file, declarations(all, head), Map.of("format", "pt"))) {
            append(writer, all, head);
            writer.commit();
        }
    }

    static List<Declaration> declarations(Optional<Parameters> encoder, TrainedHead head) {
        List<Declaration> declarations = new ArrayList<>();
        encoder.ifPresent(parameters -> parameters
                .entries()
                .forEach((name, entry) -> declarations.add(new Declaration(
                        ENCODER + name, type(entry.tensor()), entry.tensor().shape()))));
        declarations.add(new Declaration(HEAD_WEIGHT, ElementType.F32, head.bias().length, head.features()));
        declarations.add(new Declaration(HEAD_BIAS, ElementType.F32, head.bias().length));
        return declarations;
    }

    static void append(SafeTensorsWriter writer, Optional<Parameters> encoder, TrainedHead head) throws IOException {
        if (encoder.isPresent()) {
            for (Map.Entry<String, Parameters.Entry> entry :
                    encoder.get().entries().entrySet()) {
                Tensor tensor = entry.getValue().tensor();
                if (type(tensor) == ElementType.I64) {
                    writer.append(ENCODER + entry.getKey(), tensor.toLongs());
                } else {
                    writer.append(ENCODER + entry.getKey(), tensor.toFloats());
                }
            }
        }
        writer.append(HEAD_WEIGHT, head.weight());
        writer.append(HEAD_BIAS, head.bias());
    }

    private static ElementType type(Tensor tensor) {
        return tensor.dtype() == DType.INT64 ? ElementType.I64 : ElementType.F32;
    }

    /** Throws InputException if a file has another hash than its model says. */
    static void requireHash(Path file, String expected) throws IOException {
        String hash = Hashes.sha256(file);
        if (!hash.equals(expected)) {
            throw new InputException(
                    file + " is not the file that model.json describes: its SHA-256 is " + hash + ", not " + expected);
        }
    }

    /** How many logits the head in a file has, 0 if it is none. */
    static long logits(SafeTensors file) {
        SafeTensors.Entry bias = file.entries().get(HEAD_BIAS);
        return bias == null || bias.shape().length != 1 ? 0 : bias.shape()[0];
    }

    /**
     * Reads every tensor to where it belongs; the file has these tensors, of these shapes and types, and no other.
     *
     * @throws InputException if it does not
     */
    static void read(SafeTensors file, Parameters encoder, Parameters head) throws IOException {
        Map<String, Tensor> targets = new LinkedHashMap<>();
        encoder.entries().forEach((name, entry) -> targets.put(ENCODER + name, entry.tensor()));
        head.entries().forEach((name, entry) -> targets.put(name, entry.tensor()));
        for (Map.Entry<String, Tensor> target : targets.entrySet()) {
            SafeTensors.Entry entry = file.entries().get(target.getKey());
            if (entry == null) {
                throw new InputException(file.file() + " lacks the tensor \"" + target.getKey() + "\"");
            }
            Tensor tensor = target.getValue();
            if (entry.type() != type(tensor) || !Arrays.equals(entry.shape(), tensor.shape())) {
                throw new InputException(file.file() + ": tensor " + entry + " should be " + type(tensor) + " "
                        + Arrays.toString(tensor.shape()) + ", as model.json describes the model");
            }
        }
        for (String name : file.entries().keySet()) {
            if (!targets.containsKey(name)) {
                throw new InputException(file.file() + ": \"" + name + "\" is no tensor of the model in model.json");
            }
        }
        for (Map.Entry<String, Tensor> target : targets.entrySet()) {
            file.read(target.getKey(), target.getValue().bytes());
        }
    }
}

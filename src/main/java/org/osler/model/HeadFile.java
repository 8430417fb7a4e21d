package org.osler.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osler.tensor.Device;
import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;
import org.osler.train.TrainedHead;
import org.osler.weights.SafeTensors;
import org.osler.weights.SafeTensorsWriter;

/** A head alone: a safetensors file of {@code head.weight} {@code [C, D]} and {@code head.bias} {@code [C]}, float32. */
public final class HeadFile {

    private HeadFile() {}

    /** Writes a file, which appears whole or not at all. */
    public static void write(Path file, TrainedHead head) throws IOException {
        try (SafeTensorsWriter writer = SafeTensorsWriter.create(
                file, ModelParameters.declarations(Optional.empty(), head), Map.of("format", "pt"))) {
            ModelParameters.append(writer, Optional.empty(), head);
            writer.commit();
        }
    }

    /**
     * A head's values, in the scope that is open.
     *
     * @param weight {@code [C, D]}
     * @param bias {@code [C]}
     */
    public record Head(Tensor weight, Tensor bias) {

        /** The same head on a device. */
        public Head on(Device device) {
            return new Head(weight.to(device), bias.to(device));
        }

        /** Logits {@code [B, C]} of pooled features {@code [B, D]}. */
        public Tensor logits(Tensor features) {
            return Functions.linear(features, weight, bias);
        }
    }

    /** Reads a file. */
    public static Head read(Path file) throws IOException {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return new Head(tensor(tensors, ModelParameters.HEAD_WEIGHT), tensor(tensors, ModelParameters.HEAD_BIAS));
        }
    }

    private static Tensor tensor(SafeTensors tensors, String name) throws IOException {
        return Tensors.of(
                TrainedFile.floats(tensors, name), tensors.entries().get(name).shape());
    }
}

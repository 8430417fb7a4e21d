package org.osler.encoder;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.osler.nn.Parameters;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Weights and images as a function of name and index; the same formula stands in encoder_goldens.py. */
public final class FormulaWeights {

    private static final long MASK = 0xffffffffL;

    private FormulaWeights() {}

    /** Fills an encoder whose file would have the given shapes, resampling where its input size asks for it. */
    public static void fill(Encoder encoder, Map<String, long[]> fileShapes) {
        for (Map.Entry<String, Parameters.Entry> entry :
                encoder.parameters().entries().entrySet()) {
            String name = entry.getKey();
            if (!name.endsWith("num_batches_tracked")) {
                try (Scope scope = Scope.open()) {
                    Tensor value = encoder.adapt(name, tensor(name, fileShapes.get(name)));
                    entry.getValue().tensor().detach().copyInPlace(value);
                }
            }
        }
    }

    /** Images {@code [count, 3, size, size]} with values in ±2. */
    public static Tensor images(int count, int size) {
        float[] values = new float[count * 3 * size * size];
        int start = crc("images");
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (4 * uniform(start, i));
        }
        return Tensors.of(values, count, 3, size, size);
    }

    /** The values of one parameter or buffer. */
    public static Tensor tensor(String name, long... shape) {
        int count = 1;
        int fanIn = 1;
        for (int d = 0; d < shape.length; d++) {
            count *= (int) shape[d];
            fanIn *= d == 0 ? 1 : (int) shape[d];
        }
        boolean nearOne = name.endsWith("weight") || name.endsWith("running_var") || name.endsWith("gamma");
        int start = crc(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double u = uniform(start, i);
            values[i] = (float) (shape.length >= 2 ? u * Math.sqrt(12.0 / fanIn) : nearOne ? 1 + 0.2 * u : 0.2 * u);
        }
        return Tensors.of(values, shape);
    }

    private static int crc(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static double uniform(int start, long index) {
        long x = (index * 2654435761L + (start & MASK)) & MASK;
        x ^= x >>> 16;
        x = (x * 0x45d9f3bL) & MASK;
        x ^= x >>> 16;
        return x / 4294967296.0 - 0.5;
    }
}

package org.osler.encoder;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.osler.nn.Parameters;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Weights and images as a function of name and index; the same formula stands in encoder_goldens.py. */
public final class FormulaWeights {

    private static final long MASK = 0xffffffffL;
    private static final int PATCH = 16;
    private static final Pattern TOKENS = Pattern.compile("(cls_token|reg_token|pos_embed|latent)$");
    private static final Pattern NEAR_ONE = Pattern.compile("(weight|running_var|gamma|gamma_1|gamma_2)$");

    private FormulaWeights() {}

    /**
     * Fills an encoder whose file would have the given shapes, resampling where its input size asks for it.
     *
     * @param gain factor of every matrix
     */
    public static void fill(Encoder encoder, Map<String, long[]> fileShapes, double gain) {
        for (Map.Entry<String, Parameters.Entry> entry :
                encoder.parameters().entries().entrySet()) {
            String name = entry.getKey();
            if (!name.endsWith("num_batches_tracked")) {
                try (Scope scope = Scope.open()) {
                    Tensor value = encoder.adapt(name, tensor(gain, name, fileShapes.get(name)));
                    entry.getValue().tensor().detach().copyInPlace(value);
                }
            }
        }
    }

    /** Images {@code [count, 3, size, size]}: noise in ±1 over patches of 16 × 16 pixels in ±2. */
    public static Tensor images(int count, int size) {
        int side = (size + PATCH - 1) / PATCH;
        float[] values = new float[count * 3 * size * size];
        int noise = crc("images");
        int patches = crc("patches");
        for (int i = 0; i < values.length; i++) {
            int column = i % size / PATCH;
            int row = i / size % size / PATCH;
            int plane = i / size / size;
            values[i] = (float) (2 * uniform(noise, i) + 4 * uniform(patches, (plane * side + row) * side + column));
        }
        return Tensors.of(values, count, 3, size, size);
    }

    /** The values of one parameter or buffer. */
    public static Tensor tensor(String name, long... shape) {
        return tensor(1, name, shape);
    }

    private static Tensor tensor(double gain, String name, long... shape) {
        int count = 1;
        int fanIn = 1;
        for (int d = 0; d < shape.length; d++) {
            count *= (int) shape[d];
            fanIn *= d == 0 ? 1 : (int) shape[d];
        }
        double offset = shape.length < 2 && NEAR_ONE.matcher(name).find() ? 1 : 0;
        double factor = TOKENS.matcher(name).find() ? 1 : shape.length < 2 ? 0.2 : Math.sqrt(12.0 / fanIn) * gain;
        int start = crc(name);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (offset + factor * uniform(start, i));
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

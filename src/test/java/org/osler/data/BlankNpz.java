package org.osler.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.osler.SeededRandom;
import org.osler.metric.Task;

/** Datasets with labels and images of noise: quick to write, however many images they have. */
public final class BlankNpz {

    private static final int SIDE = 28;

    /** Of every label of a multi-label task, this share of the cases has it. */
    private static final double SHARE = 0.05;

    private BlankNpz() {}

    /** Writes a file of the official layout; labels are drawn at random, the later classes rarer. */
    public static void write(Path file, Task task, int classes, int train, int val, int test) throws IOException {
        var random = SeededRandom.of(0, file.getFileName().toString());
        int[] counts = {train, val, test};
        String[] splits = {"train", "val", "test"};
        try (NpzWriter npz = NpzWriter.create(file)) {
            for (int s = 0; s < splits.length; s++) {
                int count = counts[s];
                npz.add(splits[s] + "_images", "|u1", new int[] {count, SIDE, SIDE}, out -> {
                    for (int i = 0; i < count; i++) {
                        noise(out, random);
                    }
                });
            }
            for (int s = 0; s < splits.length; s++) {
                int count = counts[s];
                int columns = task == Task.MULTI_LABEL ? classes : 1;
                npz.add(splits[s] + "_labels", "<i8", new int[] {count, columns}, out -> {
                    ByteBuffer bytes =
                            ByteBuffer.allocate(count * columns * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                    for (int i = 0; i < count * columns; i++) {
                        bytes.putLong(label(task, classes, i, random));
                    }
                    out.write(bytes.array());
                });
            }
            npz.commit();
        }
    }

    private static void noise(OutputStream out, SeededRandom random) throws IOException {
        byte[] pixels = new byte[SIDE * SIDE];
        byte base = (byte) random.below(256);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (base + i % SIDE);
        }
        out.write(pixels);
    }

    private static long label(Task task, int classes, int i, SeededRandom random) {
        if (task == Task.MULTI_LABEL) {
            return random.uniform() < SHARE ? 1 : 0;
        }
        return i < classes ? i : (long) (classes * random.uniform() * random.uniform());
    }
}

package org.osler.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.SeededRandom;
import org.osler.metric.Task;

/**
 * Draws ultrasound-like images whose classes a person would tell apart, to try things out where no data are at hand.
 *
 * <ul>
 *   <li>binary: a smooth mass or a spiculated one
 *   <li>multi-class: one finding of up to eight, in the order of {@link #labelNames}
 *   <li>ordinal: a mass that grows from small, smooth and clear to large, spiculated and shadowing
 *   <li>multi-label: any number of the same findings side by side, each present with probability 0.4
 * </ul>
 *
 * Classes are equally frequent. Neighbouring grades overlap a little, and so do the two kinds of mass.
 */
public final class Phantoms {

    /** Raised when the same specification no longer gives the same bytes. */
    private static final int VERSION = 1;

    /** Where drawn datasets are kept in Osler's home. */
    public static final String FOLDER = "phantoms";

    private static final double PRESENT = 0.4;

    private static final int BATCH = 64;

    private Phantoms() {}

    /** Draws a dataset and writes it as an npz file of the official layout; the same bytes for the same specification. */
    public static void write(PhantomSpec spec, Path npz) throws IOException {
        try (NpzWriter writer = NpzWriter.create(npz)) {
            for (Split split : Split.values()) {
                int[][] labels = labels(spec, split);
                int[] shape = {labels.length, spec.size(), spec.size(), spec.channels()};
                writer.add(
                        OfficialLayout.images(split),
                        "|u1",
                        spec.channels() == 1 ? Arrays.copyOf(shape, 3) : shape,
                        out -> drawAll(spec, split, labels, out));
                writer.add(
                        OfficialLayout.labels(split),
                        "|u1",
                        new int[] {labels.length, labels[0].length},
                        out -> writeLabels(labels, out));
            }
            writer.commit();
        }
    }

    /**
     * A drawn dataset, ready to be opened; drawn now unless the folder has it.
     *
     * @param name what to call it
     * @param folder where the npz file goes; made if need be
     */
    public static DatasetSource source(String name, PhantomSpec spec, Path folder) throws IOException {
        Path npz = file(spec, folder);
        if (!Files.isRegularFile(npz)) {
            write(spec, npz);
        }
        return new DatasetSource(name, npz, Optional.of(spec.task()), labelNames(spec), Optional.empty());
    }

    /** Where {@link #source} keeps a dataset, drawn or not. */
    public static Path file(PhantomSpec spec, Path folder) {
        return folder.resolve("phantom-v%d-%s-%d-%s-%dpx-%d-%d-%d-seed%d.npz"
                .formatted(
                        VERSION,
                        spec.task().id(),
                        spec.classes(),
                        spec.channels() == 1 ? "grey" : "rgb",
                        spec.size(),
                        spec.train(),
                        spec.val(),
                        spec.test(),
                        spec.seed()));
    }

    /** What the classes or labels of a phantom show, in order. */
    public static List<String> labelNames(PhantomSpec spec) {
        return switch (spec.task()) {
            case BINARY -> List.of(Finding.SMOOTH_MASS.label(), Finding.SPICULATED_MASS.label());
            case ORDINAL ->
                IntStream.rangeClosed(1, spec.classes())
                        .mapToObj(grade -> "grade " + grade)
                        .toList();
            case MULTI_CLASS, MULTI_LABEL ->
                Finding.IN_ORDER.stream()
                        .limit(spec.classes())
                        .map(Finding::label)
                        .toList();
        };
    }

    private static int[][] labels(PhantomSpec spec, Split split) {
        SeededRandom random = SeededRandom.of(spec.seed(), "phantom/" + split.id() + "/labels");
        int count = spec.count(split);
        if (spec.task() != Task.MULTI_LABEL) {
            return Arrays.stream(random.permutation(count))
                    .mapToObj(i -> new int[] {i % spec.classes()})
                    .toArray(int[][]::new);
        }
        int[][] labels = new int[count][spec.classes()];
        for (int[] row : labels) {
            for (int label = 0; label < row.length; label++) {
                row[label] = random.uniform() < PRESENT ? 1 : 0;
            }
        }
        // Each label both present and absent, however small the split.
        for (int label = 0; label < spec.classes(); label++) {
            labels[label % count][label] = 1;
            labels[(label + 1) % count][label] = 0;
        }
        return labels;
    }

    /** A batch at a time on all cores; each image has random numbers of its own, so the cores change nothing. */
    private static void drawAll(PhantomSpec spec, Split split, int[][] labels, OutputStream out) throws IOException {
        for (int first = 0; first < labels.length; first += BATCH) {
            List<byte[]> images = IntStream.range(first, Math.min(first + BATCH, labels.length))
                    .parallel()
                    .mapToObj(i -> new Phantom(spec, split, i).draw(labels[i]))
                    .toList();
            for (byte[] image : images) {
                out.write(image);
            }
        }
    }

    private static void writeLabels(int[][] labels, OutputStream out) throws IOException {
        for (int[] row : labels) {
            for (int label : row) {
                out.write(label);
            }
        }
    }
}

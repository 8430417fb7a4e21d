package org.osler.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.osler.InputException;

/**
 * What the headers of an npz file of MedMNIST's layout say: {@code train_images} [N, H, W] or [N, H, W, 3] of uint8,
 * {@code train_labels} [N, L] of integers, likewise {@code val} and {@code test}.
 *
 * @param shape of every image
 * @param counts images in each split
 * @param columns L, labels an image
 */
record OfficialLayout(ImageShape shape, Map<Split, Integer> counts, int columns) {

    /** Splits and labels beyond this are no dataset but a header that lies; labels are held in memory. */
    private static final long MOST_LABELS = 1L << 24;

    /**
     * Checks all headers; reads no values.
     *
     * @throws InputException if an array is missing, of another type or shape, or does not agree with the others
     */
    static OfficialLayout of(Npz npz) throws IOException {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        ImageShape shape = null;
        int columns = 0;
        for (Split split : Split.values()) {
            ImageShape images = images(npz, split, counts);
            if (shape != null && !shape.equals(images)) {
                throw new InputException("%s: %s_images are %s, but train_images are %s; all splits must be alike"
                        .formatted(npz.path(), split.id(), images, shape));
            }
            shape = images;
            int labels = labels(npz, split, counts.get(split));
            if (columns != 0 && columns != labels) {
                throw new InputException("%s: %s_labels have %d columns, but train_labels have %d"
                        .formatted(npz.path(), split.id(), labels, columns));
            }
            columns = labels;
        }
        return new OfficialLayout(shape, counts, columns);
    }

    /** How many bytes images and labels take when they are unpacked. */
    long bytes() {
        long sum = 0;
        for (int count : counts.values()) {
            sum += count * ((long) shape.bytes() + (long) columns * Integer.BYTES);
        }
        return sum;
    }

    static String images(Split split) {
        return split.id() + "_images";
    }

    static String labels(Split split) {
        return split.id() + "_labels";
    }

    private static ImageShape images(Npz npz, Split split, Map<Split, Integer> counts) throws IOException {
        try (NpyArray array = npz.array(images(split))) {
            NpyHeader header = array.header();
            if (!header.descr().endsWith("u1")) {
                throw new InputException("%s are of type %s; images must be uint8 (u1), 0 to 255"
                        .formatted(array.where(), header.descr()));
            }
            int[] axes = header.shape();
            boolean rgb = axes.length == 4 && axes[3] == 3;
            if (!rgb && axes.length != 3) {
                throw new InputException("%s have shape %s; [N, H, W] or [N, H, W, 3] is needed"
                        .formatted(array.where(), Arrays.toString(axes)));
            }
            if (header.values(array.where()) == 0) {
                throw new InputException(array.where() + " are empty: shape " + Arrays.toString(axes));
            }
            ImageShape shape = new ImageShape(axes[1], axes[2], rgb ? 3 : 1);
            if ((long) axes[1] * axes[2] * shape.channels() > Images.PIECE_BYTES) {
                throw new InputException(array.where() + " are too large: " + shape);
            }
            counts.put(split, axes[0]);
            return shape;
        }
    }

    private static int labels(Npz npz, Split split, int images) throws IOException {
        try (NpyArray array = npz.array(labels(split))) {
            NpyHeader header = array.header();
            char kind = header.descr().charAt(1);
            if ("iu".indexOf(kind) < 0 || !List.of(1, 2, 4, 8).contains(header.width())) {
                throw new InputException("%s are of type %s; labels must be integers (i1 to i8, u1 to u8)"
                        .formatted(array.where(), header.descr()));
            }
            int[] axes = header.shape();
            if (axes.length == 0 || axes.length > 2) {
                throw new InputException(
                        "%s have shape %s; [N, 1] or [N, L] is needed".formatted(array.where(), Arrays.toString(axes)));
            }
            if (axes[0] != images) {
                throw new InputException(
                        "%s: %,d images, but %,d labels in %s".formatted(npz.path(), images, axes[0], labels(split)));
            }
            int columns = axes.length == 2 ? axes[1] : 1;
            if (columns == 0 || (long) columns * images > MOST_LABELS) {
                throw new InputException("%s have shape %s; from 1 to %,d labels can be had"
                        .formatted(array.where(), Arrays.toString(axes), MOST_LABELS));
            }
            return columns;
        }
    }
}

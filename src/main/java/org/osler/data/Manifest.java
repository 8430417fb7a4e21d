package org.osler.data;

import java.util.Map;

/**
 * What an unpacked dataset holds; written last, so that its presence means that all is there.
 *
 * @param format of the folder; raised when the layout of its files changes
 * @param md5 of the npz file it was made from
 * @param height of each image in pixels
 * @param width of each image in pixels
 * @param channels 1 or 3
 * @param columns labels an image
 * @param counts images in each split
 */
record Manifest(int format, String md5, int height, int width, int channels, int columns, Map<Split, Integer> counts) {

    static final int FORMAT = 1;

    static Manifest of(String md5, OfficialLayout layout) {
        ImageShape shape = layout.shape();
        return new Manifest(
                FORMAT, md5, shape.height(), shape.width(), shape.channels(), layout.columns(), layout.counts());
    }

    ImageShape shape() {
        return new ImageShape(height, width, channels);
    }

    /** Length of a split's file of images. */
    long imageBytes(Split split) {
        return (long) counts.get(split) * shape().bytes();
    }

    /** Length of a split's file of labels. */
    long labelBytes(Split split) {
        return (long) counts.get(split) * columns * Integer.BYTES;
    }

    /** Length of all files together. */
    long bytes() {
        long sum = 0;
        for (Split split : counts.keySet()) {
            sum += imageBytes(split) + labelBytes(split);
        }
        return sum;
    }
}

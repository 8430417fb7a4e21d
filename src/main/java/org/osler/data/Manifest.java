package org.osler.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
 * @param described whether a file of metadata belongs to it
 * @param images CRC-32C of each split's file of images
 * @param labels CRC-32C of each split's file of labels
 */
record Manifest(
        int format,
        String md5,
        int height,
        int width,
        int channels,
        int columns,
        Map<Split, Integer> counts,
        boolean described,
        Map<Split, String> images,
        Map<Split, String> labels) {

    /** 2 came with the checksums. */
    private static final int FORMAT = 2;

    private static final String FILE = "manifest.json";

    /** The manifest of what has just been written. */
    static Manifest of(
            String md5,
            ImageShape shape,
            int columns,
            Map<Split, Integer> counts,
            boolean described,
            Map<Split, String> images,
            Map<Split, String> labels) {
        return new Manifest(
                FORMAT,
                md5,
                shape.height(),
                shape.width(),
                shape.channels(),
                columns,
                counts,
                described,
                images,
                labels);
    }

    /** What a folder holds; empty if that is not known for certain, or of an older layout. */
    static Optional<Manifest> read(Path folder) throws IOException {
        return CheckedJson.read(folder.resolve(FILE), Manifest.class).filter(manifest -> manifest.format() == FORMAT);
    }

    /** Makes a folder whole. */
    void write(Path folder) throws IOException {
        CheckedJson.write(folder.resolve(FILE), this);
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
}

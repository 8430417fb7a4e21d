package org.osler.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.InputException;
import org.osler.weights.ByteProgress;

/**
 * A folder with a dataset's bytes as they can be memory-mapped: {@code train.images} (uint8, [N, H, W, C]), {@code
 * train.labels} (int32, little-endian, [N, L]), likewise {@code val} and {@code test}; {@code manifest.json} and
 * {@code metadata.json}.
 *
 * @param folder where they lie
 * @param manifest what they hold
 */
record UnpackedDataset(Path folder, Manifest manifest) {

    /**
     * The dataset in a folder, if it is whole: its manifest is there, every file is as long as that says, and labels and
     * metadata are as they were written. Images are not looked at: {@link SplitImages} does that.
     */
    static Optional<UnpackedDataset> in(Path folder) throws IOException {
        Optional<UnpackedDataset> dataset =
                Manifest.read(folder).map(manifest -> new UnpackedDataset(folder, manifest));
        return dataset.isPresent() && dataset.get().isWhole() ? dataset : Optional.empty();
    }

    /** The same, if the images of a split are as they were written, too. */
    static Optional<UnpackedDataset> withIntact(Split split, Path folder, ByteProgress progress) throws IOException {
        Optional<UnpackedDataset> dataset = in(folder);
        return dataset.isPresent() && SplitImages.isIntact(dataset.get(), split, progress) ? dataset : Optional.empty();
    }

    private boolean isWhole() throws IOException {
        for (Split split : Split.values()) {
            if (length(images(folder, split)) != manifest.imageBytes(split)
                    || length(labels(folder, split)) != manifest.labelBytes(split)
                    || !Checksum.of(labelBytes(split)).equals(manifest.labels().get(split))) {
                return false;
            }
        }
        return !manifest.described() || Metadata.read(folder).isPresent();
    }

    private static long length(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.size(file) : -1;
    }

    static Path images(Path folder, Split split) {
        return folder.resolve(split.id() + ".images");
    }

    static Path labels(Path folder, Split split) {
        return folder.resolve(split.id() + ".labels");
    }

    /**
     * What is known of each image beside its label.
     *
     * @throws InputException if that was damaged since the dataset was found
     */
    Metadata metadata() throws IOException {
        return manifest.described()
                ? Metadata.read(folder).orElseThrow(() -> new InputException(folder + " was altered; try again"))
                : Metadata.none();
    }

    /** The images of a split, memory-mapped, as they lie on the disk. */
    Images images(Split split) throws IOException {
        return Images.map(images(folder, split), manifest.counts().get(split), manifest.shape(), Images.PIECE_BYTES);
    }

    private ByteBuffer labelBytes(Split split) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(labels(folder, split)));
    }

    /** The labels of a split, [N, L]. */
    int[][] labels(Split split) throws IOException {
        var values = labelBytes(split).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        int[][] result = new int[manifest.counts().get(split)][manifest.columns()];
        for (int[] row : result) {
            values.get(row);
        }
        return result;
    }
}

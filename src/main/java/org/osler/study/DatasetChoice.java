package org.osler.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.data.PhantomSpec;
import org.osler.data.own.ImageSettings;
import org.osler.data.review.SubgroupColumn;
import org.osler.metric.Task;

/** One dataset of a study. Its name is unique within the study. */
public sealed interface DatasetChoice {

    /** The name used in tables and trials. */
    String name();

    /** What kind of dataset this is. */
    Kind kind();

    /** The columns of its metadata by which test images are divided into subgroups; none for what has no metadata. */
    default List<SubgroupColumn> subgroups() {
        return List.of();
    }

    /** The four kinds. */
    enum Kind {
        /** One of MedMNIST's twelve, from the catalog. */
        MEDMNIST,
        /** A user's npz file. */
        FILE,
        /** Generated images. */
        PHANTOM,
        /** A user's image files. */
        IMAGES;

        /** The name used in tables: {@code medmnist}, {@code file}, {@code phantom}, {@code images}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A dataset of the catalog; its image size is the study's.
     *
     * @param name the catalog's name, e.g. {@code breastmnist}
     */
    record MedMnist(String name) implements DatasetChoice {
        @Override
        public Kind kind() {
            return Kind.MEDMNIST;
        }
    }

    /**
     * A file of the official npz layout, or one for each image size.
     *
     * @param name given, or the file's name without {@code .npz} and {@code {size}}
     * @param npz the file; {@link #SIZE} in its name stands for the image size
     * @param task what is to be predicted; empty: inferred from the labels
     * @param labels names of the classes, in order; empty: numbers
     */
    record NpzFile(String name, Path npz, Optional<Task> task, List<String> labels) implements DatasetChoice {
        static final String SIZE = "{size}";

        public NpzFile {
            labels = List.copyOf(labels);
        }

        boolean hasSizes() {
            return npz.toString().contains(SIZE);
        }

        /** The file with images of a size, or the only one. */
        Path file(OptionalInt size) {
            return size.isEmpty() ? npz : Path.of(npz.toString().replace(SIZE, Integer.toString(size.getAsInt())));
        }

        @Override
        public Kind kind() {
            return Kind.FILE;
        }
    }

    /**
     * Generated images, the same for the same specification.
     *
     * @param name given, or {@code phantom-<task>}
     * @param spec what to draw
     */
    record Phantom(String name, PhantomSpec spec) implements DatasetChoice {
        @Override
        public Kind kind() {
            return Kind.PHANTOM;
        }
    }

    /**
     * A user's image files: a folder of class folders, or a manifest.
     *
     * @param settings where they are and what becomes of them
     * @param sizes sides in pixels of the stored images; empty: what the encoder sees
     * @param subgroups columns of a manifest by which test images are divided
     */
    record OwnImageFiles(ImageSettings settings, List<Integer> sizes, List<SubgroupColumn> subgroups)
            implements DatasetChoice {
        public OwnImageFiles {
            sizes = List.copyOf(sizes);
            subgroups = List.copyOf(subgroups);
        }

        @Override
        public String name() {
            return settings.name();
        }

        @Override
        public Kind kind() {
            return Kind.IMAGES;
        }
    }

    /**
     * The side in pixels of the stored images; empty: as the file has it.
     *
     * @param size one of {@link #sizes}
     * @param input side in pixels of what the encoder sees
     */
    default OptionalInt stored(OptionalInt size, int input) {
        return this instanceof OwnImageFiles && size.isEmpty() ? OptionalInt.of(input) : size;
    }

    /** The image sizes that the study's {@code sizes} mean for this dataset; empty: as the file has it, or as the encoder needs it. */
    default List<OptionalInt> sizes(List<Integer> sizes) {
        if (this instanceof MedMnist || (this instanceof NpzFile file && file.hasSizes())) {
            return sizes.stream().map(OptionalInt::of).toList();
        }
        if (this instanceof Phantom phantom) {
            return List.of(OptionalInt.of(phantom.spec().size()));
        }
        if (this instanceof OwnImageFiles own && !own.sizes().isEmpty()) {
            return own.sizes().stream().map(OptionalInt::of).toList();
        }
        return List.of(OptionalInt.empty());
    }
}

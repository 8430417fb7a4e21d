package org.osler.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osler.InputException;
import org.osler.weights.Home;

/** Finds the official files of the catalog's datasets on this machine. */
public final class DatasetFiles {

    private final List<Path> folders;

    /**
     * Looks into given folders, in that order.
     *
     * @param folders need not exist
     */
    public DatasetFiles(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * Looks into the given folder, then into {@code datasets} in Osler's home, then into {@code ~/.medmnist}, where the
     * MedMNIST Python package keeps its files.
     *
     * @param dataDir the user's {@code data-dir}
     * @throws InputException if the given folder is none
     */
    public static DatasetFiles of(Home home, Optional<Path> dataDir) {
        List<Path> folders = new ArrayList<>();
        dataDir.ifPresent(given -> {
            if (!Files.isDirectory(given)) {
                throw new InputException("data-dir " + given + " is not a folder");
            }
            folders.add(given);
        });
        folders.add(home.datasets());
        folders.add(Path.of(System.getProperty("user.home"), ".medmnist"));
        return new DatasetFiles(folders);
    }

    /** The official file of an image size, if one of the folders has it. Its content is not looked at. */
    public Optional<Path> atHand(DatasetCard card, int size) {
        return folders.stream()
                .map(folder -> folder.resolve(card.fileName(size)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The official file of an image size with all that the catalog knows of it.
     *
     * @param size 28, 64, 128 or 224
     * @throws InputException if the dataset has no such size, or if no folder has the file; says where it was looked
     *     for and where it is to be had
     */
    public DatasetSource find(DatasetCard card, int size) {
        DatasetFile file = card.files().get(size);
        if (file == null) {
            throw new InputException("%s has no images of size %d; it has %s"
                    .formatted(card.name(), size, card.files().keySet()));
        }
        Path npz = atHand(card, size)
                .orElseThrow(() -> new InputException(
                        "no %s in %s%n'osler fetch datasets %s --size %d' gets it where there is a network; or fetch it from %s (MD5 %s) into one of these folders"
                                .formatted(
                                        card.fileName(size),
                                        String.join(
                                                ", ",
                                                folders.stream()
                                                        .map(Path::toString)
                                                        .toList()),
                                        card.name(),
                                        size,
                                        file.url(),
                                        file.md5())));
        return new DatasetSource(
                card.name(), npz, Optional.of(card.task()), card.labelNames(), Optional.of(file.md5()));
    }
}

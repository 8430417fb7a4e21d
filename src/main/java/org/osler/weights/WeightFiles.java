package org.osler.weights;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osler.InputException;

/** Finds an encoder's weight file: where it was said to be, in Osler's own folder, in the Hugging Face cache. */
public final class WeightFiles {

    private WeightFiles() {}

    /**
     * The weight file of an encoder. A given path is the only place looked at: the file itself, or a folder that holds
     * {@code <id>.safetensors}, or {@code model.safetensors}, or exactly one {@code <architecture>….safetensors}.
     * Without one, {@code weights/<id>.safetensors} in Osler's home, then the Hugging Face cache: the snapshot that the
     * lock file in Osler's home asks for, and where that asks for none, the one that the cache calls {@code main}, then
     * any other.
     *
     * @param id timm's name of the encoder, e.g. {@code resnet18.a1_in1k}
     * @param source where it is published; empty: nowhere
     * @param given a path that the user named
     * @throws InputException if there is none: lists every place looked at and how to get it
     * @throws IOException if a folder cannot be read
     */
    public static Path find(Home home, String id, Optional<HubFile> source, Optional<Path> given) throws IOException {
        if (given.isPresent()) {
            return given(given.get(), id);
        }
        Optional<Path> found = atHand(home, id, source);
        if (found.isEmpty()) {
            throw new InputException(notFound(home, id, source));
        }
        return found.get();
    }

    /** The weight file of an encoder if it lies in one of the places that are looked at unasked. */
    public static Optional<Path> atHand(Home home, String id, Optional<HubFile> source) throws IOException {
        Path own = own(home, id);
        if (Files.isRegularFile(own)) {
            return Optional.of(own);
        }
        if (source.isEmpty()) {
            return Optional.empty();
        }
        return inHub(home, source.get(), locked(home, source.get()));
    }

    private static Path given(Path path, String id) throws IOException {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            throw new InputException("weights of " + id + ": " + path + " does not exist");
        }
        for (String name : List.of(id + ".safetensors", HubFile.MODEL)) {
            if (Files.isRegularFile(path.resolve(name))) {
                return path.resolve(name);
            }
        }
        List<Path> candidates = list(path, architecture(id) + "{.*.safetensors,.safetensors}");
        if (candidates.size() != 1) {
            throw new InputException("weights of " + id + ": the folder " + path + " should hold " + id
                    + ".safetensors, " + HubFile.MODEL + " or exactly one " + architecture(id) + "….safetensors; "
                    + (candidates.isEmpty() ? "it has none" : "it has several, name the file itself"));
        }
        return candidates.get(0);
    }

    private static Optional<String> locked(Home home, HubFile source) throws IOException {
        return LockFile.of(home).find(source).map(LockFile.Entry::revision);
    }

    /**
     * A file in the Hugging Face cache.
     *
     * @param revision the commit that it has to be of; empty: the one that the cache calls {@code main}, or else any
     */
    public static Optional<Path> inHub(Home home, HubFile source, Optional<String> revision) throws IOException {
        Path folder = hubFolder(home, source.repository());
        Path main = folder.resolve("refs/main");
        Path snapshots = folder.resolve("snapshots");
        if (revision.isPresent()) {
            return Optional.of(snapshots.resolve(revision.get()).resolve(source.file()))
                    .filter(Files::isRegularFile);
        }
        if (Files.isRegularFile(main)) {
            Path file = snapshots.resolve(Files.readString(main).strip()).resolve(source.file());
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        if (!Files.isDirectory(snapshots)) {
            return Optional.empty();
        }
        return list(snapshots, "*").stream()
                .map(snapshot -> snapshot.resolve(source.file()))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** In the order of their names, whatever the file system's. */
    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    private static String notFound(Home home, String id, Optional<HubFile> source) throws IOException {
        if (source.isEmpty()) {
            return """
                    no weights for %s: %s does not hold them, and nobody publishes them as safetensors.
                    Convert them outside (docs/encoders.md), save them as that file, or name yours with --weights FILE, \
                    in a study --set weights.%s=FILE; or ask for an untrained encoder with --weights random, in a study --set weights=random.""".formatted(id, own(home, id), id);
        }
        HubFile published = source.get();
        return """
                no weights for %s: neither %s nor %s holds them.
                'osler fetch models %s' gets them where there is a network; or get %s from %s and save it as that first file, \
                or name yours with --weights FILE, in a study --set weights.%s=FILE; or ask for an \
                untrained encoder with --weights random, in a study --set weights=random.""".formatted(
                        id,
                        own(home, id),
                        hubFolder(home, published.repository())
                                .resolve("snapshots")
                                .resolve(locked(home, published).orElse("*"))
                                .resolve(published.file()),
                        id,
                        published.file(),
                        published.page(),
                        id);
    }

    /** Where Osler itself keeps the weights of an encoder; a file there is used before any other. */
    public static Path own(Home home, String id) {
        return home.weights().resolve(id + ".safetensors");
    }

    private static Path hubFolder(Home home, String repository) {
        return home.huggingFaceHub().resolve(HubFile.folder(repository));
    }

    private static String architecture(String id) {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }
}

package org.osler.data.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.data.Metadata;
import org.osler.data.Split;
import org.osler.data.image.ImageFormat;

/**
 * Lists a folder of class folders: {@code DIR/class/…}, or {@code DIR/train|val|test/class/…}. Class folders may hold
 * folders. Links are followed to files within the folder only.
 */
final class ClassFolders {

    private static final int MOST_NAMED = 5;

    private final Path root;
    private final Path realRoot;
    private final List<Listing.Entry> entries = new ArrayList<>();
    private final List<String> passedOver = new ArrayList<>();
    private final Problems problems = new Problems();

    private ClassFolders(Path root) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
    }

    /**
     * Lists.
     *
     * @throws InputException if there are no class folders, one is empty, or links lead out of the folder
     */
    static Listing read(Path root) throws IOException {
        return new ClassFolders(root).read();
    }

    private Listing read() throws IOException {
        List<Path> folders = folders(root);
        List<Path> splits = folders.stream()
                .filter(folder -> Listing.split(name(folder)).isPresent())
                .toList();
        if (!splits.isEmpty() && splits.size() < folders.size()) {
            throw new InputException(
                    "%s holds the split %s beside the class %s; give each split folders for its classes"
                            .formatted(
                                    root,
                                    name(splits.get(0)),
                                    folders.stream()
                                            .filter(folder -> !splits.contains(folder))
                                            .map(ClassFolders::name)
                                            .findFirst()
                                            .orElseThrow()));
        }
        if (splits.isEmpty()) {
            classes(root, Optional.empty());
        } else {
            for (Path split : splits) {
                if (Files.isSymbolicLink(split)) {
                    problems.add(relative(split) + " is a link to a folder; put the folder itself there");
                    continue;
                }
                classes(split, Listing.split(name(split)));
            }
        }
        problems.throwIfAny(root, "thing is in the way", "things are in the way", "");
        return new Listing(root, entries, List.of(Metadata.IMAGE), Optional.empty(), List.of(), notes());
    }

    private void classes(Path folder, Optional<Split> split) throws IOException {
        List<Path> classes = folders(folder);
        for (Path file : children(folder)) {
            if (!Files.isDirectory(file) && ImageFormat.isMeant(file)) {
                passedOver.add(relative(file));
            }
        }
        if (classes.isEmpty()) {
            throw new InputException(folder
                    + ": no class folders; images belong into a folder for each class, or are listed by a manifest"
                    + " (a .csv with the columns image and label)");
        }
        for (Path each : classes) {
            int before = entries.size();
            images(each, name(each), split);
            if (entries.size() == before && problems.count() == 0) {
                problems.add(relative(each) + " holds no images; remove it, or put some in");
            }
        }
    }

    private void images(Path folder, String label, Optional<Split> split) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> Files.isSymbolicLink(file) || !Files.isDirectory(file))
                    .forEach(files::add);
        }
        files.sort((a, b) -> relative(a).compareTo(relative(b)));
        for (Path file : files) {
            if (Files.isSymbolicLink(file) && Files.isDirectory(file)) {
                problems.add(relative(file) + " is a link to a folder; put the folder itself there");
            } else if (ImageFormat.isMeant(file)) {
                if (!leadsOut(file)) {
                    String name = relative(file);
                    entries.add(new Listing.Entry(file, name, List.of(label), split, Optional.empty(), List.of(name)));
                }
            } else if (!isHidden(file)) {
                passedOver.add(relative(file));
            }
        }
    }

    private boolean leadsOut(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return false;
        }
        if (!Files.exists(path)) {
            problems.add(relative(path) + " is a link to what is not there");
            return true;
        }
        boolean out = !path.toRealPath().startsWith(realRoot);
        if (out) {
            problems.add(relative(path) + " is a link that leads out of the folder; put the image itself there");
        }
        return out;
    }

    private List<String> notes() {
        if (passedOver.isEmpty()) {
            return List.of();
        }
        String named = String.join(", ", passedOver.subList(0, Math.min(MOST_NAMED, passedOver.size())));
        return List.of("%,d file%s passed over, not named as an image or in no class folder: %s%s"
                .formatted(
                        passedOver.size(),
                        passedOver.size() == 1 ? " was" : "s were",
                        named,
                        passedOver.size() > MOST_NAMED ? ", …" : ""));
    }

    private static List<Path> folders(Path folder) throws IOException {
        return children(folder).stream()
                .filter(Files::isDirectory)
                .filter(child -> !isHidden(child))
                .toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted((a, b) -> name(a).compareTo(name(b))).toList();
        }
    }

    private static boolean isHidden(Path path) {
        return ImageFormat.isHidden(name(path));
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private String relative(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}

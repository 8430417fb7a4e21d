package org.osler.study;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths in studies. Those in a file count from the file's folder, those of {@code --set} from where the command runs;
 * a leading {@code ~/} is the user's home.
 */
final class Paths {

    private static final String HOME = "~/";

    private Paths() {}

    static Path path(Yaml node, String key, String text) {
        try {
            return text.startsWith(HOME)
                    ? Path.of(System.getProperty("user.home"), text.substring(HOME.length()))
                    : node.place().base().resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw node.place().error(key + ": \"" + text + "\" is no path");
        }
    }

    /** A path at which there must be a file. */
    static Path file(Yaml node, String key, String text) {
        Path path = path(node, key, text);
        requireFile(node, key, path);
        return path;
    }

    /** There must be a file at a path that a study names. */
    static void requireFile(Yaml node, String key, Path path) {
        if (!Files.isRegularFile(path)) {
            throw node.place()
                    .error(key + ": "
                            + (Files.isDirectory(path)
                                    ? path + " is a folder; a file is needed"
                                    : "there is no file " + path));
        }
    }

    /** A path at which there must be a file or a folder. */
    static Path existing(Yaml node, String key, String text) {
        Path path = path(node, key, text);
        if (!Files.exists(path)) {
            throw node.place().error(key + ": there is no file or folder " + path);
        }
        return path;
    }

    /** A path at which there must be a folder. */
    static Path folder(Yaml node, String key, String text) {
        Path path = path(node, key, text);
        if (!Files.isDirectory(path)) {
            throw node.place().error(key + ": there is no folder " + path);
        }
        return path;
    }
}

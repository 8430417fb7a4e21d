package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osler.InputException;
import org.osler.data.image.ImageFormat;

/** The image files that arguments mean. */
final class ImageList {

    private ImageList() {}

    /**
     * Files as they are given, and in place of a folder the images in it, however deep, in the order of their names.
     *
     * @throws InputException if a folder has none
     */
    static List<Path> of(List<Path> arguments) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path argument : arguments) {
            if (!Files.isDirectory(argument)) {
                files.add(argument);
                continue;
            }
            try (Stream<Path> all = Files.walk(argument)) {
                List<Path> found = new ArrayList<>();
                for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                    if (ImageFormat.isMeant(file)) {
                        found.add(file);
                    }
                }
                if (found.isEmpty()) {
                    throw new InputException(argument + ": no images in this folder");
                }
                files.addAll(found);
            }
        }
        return files;
    }
}

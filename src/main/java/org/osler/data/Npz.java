package org.osler.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.osler.InputException;

/** An npz file: a zip archive (stored or deflated, zip64 where need be) of npy arrays, as {@code numpy.savez} writes it. */
final class Npz implements Closeable {

    private static final int MOST_NAMED = 20;

    private final Path path;
    private final ZipFile zip;

    private Npz(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /**
     * Opens a file; reads its table of contents only.
     *
     * @throws InputException if it is no whole zip archive
     */
    static Npz open(Path path) throws IOException {
        try {
            return new Npz(path, new ZipFile(path.toFile()));
        } catch (ZipException | EOFException e) {
            throw new InputException(
                    "%s is not a whole npz file (%s); its %,d bytes may be a part of one: fetch or write it again"
                            .formatted(
                                    path, e.getMessage() == null ? "it ends early" : e.getMessage(), Files.size(path)),
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Names of the arrays, sorted. */
    List<String> names() {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".npy"))
                .map(name -> name.substring(0, name.length() - ".npy".length()))
                .sorted()
                .toList();
    }

    /**
     * Begins to read an array.
     *
     * @throws InputException if there is none of that name, or its header cannot be taken
     */
    NpyArray array(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new InputException("%s has no array %s; it has %s".formatted(path, name, some(names())));
        }
        return NpyArray.open(zip, entry, path + ": " + name);
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.isEmpty() ? "none" : first + (names.size() > MOST_NAMED ? ", …" : "");
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

package org.osler.weights.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.osler.InputException;

/** Whether a disk has room for what is still to come. */
final class DiskSpace {

    private static final double GB = 1e9;

    private DiskSpace() {}

    /**
     * Makes sure of the room for the rest of a file.
     *
     * @param file what is written; its folder exists
     * @param total its length in the end; empty: not known, and nothing is checked
     * @param have how much of it is there
     * @throws InputException if the disk has less
     */
    static void require(Path file, OptionalLong total, long have) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        long free = Files.getFileStore(folder).getUsableSpace();
        if (total.isPresent() && total.getAsLong() - have > free) {
            String need = String.format(
                    Locale.ROOT, "%.1f GB are free and %.1f GB", free / GB, (total.getAsLong() - have) / GB);
            throw new InputException("in " + folder + " " + need
                    + " are still to come; make room, or set OSLER_HOME (HF_HOME for weights) to a folder with more");
        }
    }
}

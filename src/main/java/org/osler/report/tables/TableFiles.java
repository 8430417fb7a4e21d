package org.osler.report.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osler.AtomicFile;

/** The folder {@code tables}: every table in every format. */
public final class TableFiles {

    /** The folder's name in the results folder. */
    public static final String FOLDER = "tables";

    /** What files of this folder are called; others are not touched. */
    private static final String OURS = "(table-|encoders-).*\\.(csv|md|tex)";

    private TableFiles() {}

    /** Writes the tables, and removes those that the results do not fill any more. */
    public static void write(List<ResultTable> tables, Path folder) throws IOException {
        Set<String> written = new HashSet<>();
        for (ResultTable table : tables) {
            for (TableFormat format : TableFormat.values()) {
                String name = format.fileName(table);
                AtomicFile.write(folder.resolve(name), format.write(table));
                written.add(name);
            }
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.matches(OURS) && !written.contains(name)) {
                Files.delete(file);
            }
        }
    }
}

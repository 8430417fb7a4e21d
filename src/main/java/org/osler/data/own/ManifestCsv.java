package org.osler.data.own;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.osler.InputException;
import org.osler.data.Split;

/**
 * Lists the images of a manifest: a CSV file (UTF-8, RFC 4180; a semicolon or a tab may stand in place of the comma) whose
 * first line names the columns. Images are those of a folder; what leads out of it is refused.
 */
final class ManifestCsv {

    private static final long LARGEST_FILE = 1L << 30;

    private final Path csv;
    private final Path root;
    private final Path realRoot;
    private final List<Listing.Entry> entries = new ArrayList<>();
    private final Map<Path, Long> lines = new HashMap<>();
    private final Problems problems = new Problems();
    private ManifestColumns columns;

    private ManifestCsv(Path csv, Path root) throws IOException {
        this.csv = csv;
        this.root = root.toAbsolutePath().normalize();
        this.realRoot = root.toRealPath();
    }

    /**
     * Lists.
     *
     * @param root the folder that images are relative to
     * @throws InputException if it is no such file; or with every line that is wrong
     */
    static Listing read(Path csv, Path root, Columns wanted) throws IOException {
        return new ManifestCsv(csv, root).read(wanted);
    }

    private Listing read(Columns wanted) throws IOException {
        String text = text();
        try (Reader reader = new StringReader(text);
                CSVParser parser = format(text).parse(reader)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new InputException(csv + " is empty; its first line names the columns, as in image,label,split");
            }
            columns = ManifestColumns.of(csv, records.next().toList(), wanted);
            while (records.hasNext()) {
                CSVRecord next = records.next();
                row(next.toList(), parser.getCurrentLineNumber());
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new InputException(csv + " is no CSV: " + e.getMessage(), e);
        }
        problems.throwIfAny(csv, "line is wrong", "lines are wrong", "");
        if (entries.isEmpty()) {
            throw new InputException(csv + " lists no images; each line after the first names one");
        }
        return new Listing(
                root,
                entries,
                columns.metadata(),
                columns.group().map(columns.names()::get),
                columns.labelNames(),
                List.of());
    }

    private String text() throws IOException {
        if (Files.size(csv) > LARGEST_FILE) {
            throw new InputException(csv + " is larger than 1 GiB; that is no manifest");
        }
        try {
            String text = Files.readString(csv);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InputException(csv + " is no text in UTF-8; save it as UTF-8", e);
        }
    }

    private static CSVFormat format(String text) {
        String header = text.lines().findFirst().orElse("");
        char delimiter = header.indexOf(',') >= 0 ? ',' : header.indexOf(';') >= 0 ? ';' : '\t';
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
    }

    private void row(List<String> cells, long line) {
        if (cells.size() != columns.names().size()) {
            problems.add("line %d has %d values; there are %d columns"
                    .formatted(line, cells.size(), columns.names().size()));
            return;
        }
        String name = cells.get(columns.image());
        Optional<Path> file = image(name, line);
        Optional<Split> split = split(cells, line);
        List<String> labels = columns.labels().stream().map(cells::get).toList();
        if (labels.contains("")) {
            problems.add("line %d has no label".formatted(line));
        } else if (file.isPresent()) {
            String relative = root.relativize(file.get())
                    .toString()
                    .replace(root.getFileSystem().getSeparator(), "/");
            entries.add(new Listing.Entry(
                    file.get(),
                    relative,
                    labels,
                    split,
                    columns.group().map(cells::get).filter(group -> !group.isEmpty()),
                    columns.metadata(relative, cells)));
        }
    }

    private Optional<Path> image(String name, long line) {
        try {
            Path file = root.resolve(name).normalize();
            if (name.isEmpty()) {
                problems.add("line %d names no image".formatted(line));
                return Optional.empty();
            }
            if (!file.startsWith(root) || !file.toRealPath().startsWith(realRoot)) {
                problems.add("line %d: %s lies outside of %s; say with images: FOLDER where the images are"
                        .formatted(line, name, root));
                return Optional.empty();
            }
            Long before = lines.putIfAbsent(file, line);
            if (before != null) {
                problems.add("line %d: %s is listed a second time, first in line %d".formatted(line, name, before));
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            problems.add("line %d: \"%s\" is no path".formatted(line, name));
        } catch (NoSuchFileException e) {
            problems.add("line %d: there is no file %s".formatted(line, name));
        } catch (IOException e) {
            problems.add("line %d: %s cannot be read: %s".formatted(line, name, e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<Split> split(List<String> cells, long line) {
        if (columns.split().isEmpty()) {
            return Optional.empty();
        }
        String word = cells.get(columns.split().get());
        Optional<Split> split = Listing.split(word);
        if (split.isEmpty()) {
            problems.add("line %d: split \"%s\" should be train, val or test".formatted(line, word));
        }
        return split;
    }
}

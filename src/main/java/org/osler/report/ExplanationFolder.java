package org.osler.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.osler.AtomicFile;
import org.osler.InputException;
import org.osler.model.EvidenceMap;

/**
 * A folder that says why a model predicts what it predicts: {@code index.html}, one page that opens offline, and for each
 * map two PNG files, {@code 0001-NAME.png} (image and map) and {@code 0001-NAME.map.png} (black 0 to white 1).
 */
public final class ExplanationFolder {

    /** The page's name. */
    public static final String PAGE = "index.html";

    /** A page of more would take a browser too long. */
    static final int MOST_ON_PAGE = 100;

    private static final int LONGEST_NAME = 60;

    private final Path folder;
    private final ExplanationHeader header;
    private final List<ExplanationPage.Card> cards = new ArrayList<>();
    private int count;

    private ExplanationFolder(Path folder, ExplanationHeader header) {
        this.folder = folder;
        this.header = header;
    }

    /**
     * Names a folder, which is made with the first image.
     *
     * @throws InputException if there is something in it
     */
    public static ExplanationFolder of(Path folder, ExplanationHeader header) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new InputException(folder + " is not empty; remove it, or name another folder");
                }
            }
        } else if (Files.exists(folder)) {
            throw new InputException(folder + " is a file; name a folder for the explanations");
        }
        return new ExplanationFolder(folder, header);
    }

    /** Writes an image's maps and puts the image on the page, where it has room. */
    public void add(ExplainedImage image) throws IOException {
        count++;
        String name = String.format(Locale.ROOT, "%04d-%s", count, fileName(image.name()));
        List<EvidenceMap> maps = image.explanation().maps();
        List<byte[]> overlays = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            EvidenceMap map = maps.get(i);
            // Numbered, as labels that differ may make one file name.
            String own = maps.size() > 1
                    ? name + "-" + (i + 1) + "-" + plain(map.label().orElse(""))
                    : name;
            MapPicture picture = new MapPicture(image.explanation().seen(), map);
            AtomicFile.write(folder.resolve(own + ".png"), picture.together());
            AtomicFile.write(folder.resolve(own + ".map.png"), picture.values());
            overlays.add(picture.overlay());
        }
        if (count <= MOST_ON_PAGE) {
            cards.add(ExplanationPage.card(image, overlays));
        }
    }

    /** Writes the page. Empty, and nothing written, if no image was added. */
    public Optional<Path> writePage() throws IOException {
        if (count == 0) {
            return Optional.empty();
        }
        Path page = folder.resolve(PAGE);
        AtomicFile.write(page, ExplanationPage.html(header, cards, count));
        return Optional.of(page);
    }

    /** The last part of a name without its ending, of letters, digits and marks that every file system takes. */
    private static String fileName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return plain(last.replaceFirst("\\.[A-Za-z]{1,5}$", ""));
    }

    /** Cut where it takes more bytes than two of which make a file name. */
    private static String plain(String text) {
        String plain = text.replaceAll("[^\\p{L}\\p{N}._-]+", "_").replaceFirst("_$", "");
        int end = plain.length();
        while (plain.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            end = plain.offsetByCodePoints(end, -1);
        }
        return plain.substring(0, end);
    }
}

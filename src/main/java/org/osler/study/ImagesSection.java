package org.osler.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osler.data.image.Fit;
import org.osler.data.image.Levels;
import org.osler.data.own.Columns;
import org.osler.data.own.ImageSettings;
import org.osler.data.own.Shares;

/** A dataset of a user's image files: {@code {path: FOLDER}} or {@code {path: MANIFEST.csv}} and what else is said of it. */
final class ImagesSection {

    private static final String PATH = "path";
    private static final int SMALLEST = 8;
    private static final int LARGEST = 4096;
    private static final double MOST = 1e9;
    private static final long LARGEST_SEED = (1L << 53) - 1;
    private static final Map<String, Fit> FITS = Values.words(Fit.values(), Fit::id);
    private static final Map<String, Boolean> BROKEN = Map.of("skip", true, "error", false);

    private final List<Integer> sizes;

    /**
     * Prepares.
     *
     * @param sizes the study's, if it says any
     */
    ImagesSection(List<Integer> sizes) {
        this.sizes = sizes;
    }

    /** A path of which nothing else is said. */
    DatasetChoice read(Yaml node, String text) {
        Path path = Paths.existing(node, PATH, text);
        return new DatasetChoice.OwnImageFiles(
                new ImageSettings(
                        DatasetSection.plain(node, byDefault(path)),
                        path,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Columns.USUAL,
                        Optional.empty(),
                        0,
                        Fit.STRETCH,
                        Optional.empty(),
                        false),
                sizes,
                List.of());
    }

    /** A mapping. */
    DatasetChoice read(Yaml node) {
        Section section = Section.of(
                node,
                "a dataset of images",
                List.of(
                        PATH,
                        "name",
                        "task",
                        "labels",
                        "images",
                        "columns",
                        "splits",
                        "seed",
                        "size",
                        "fit",
                        "window",
                        "broken",
                        SubgroupSection.KEY));
        Yaml place = section.require(PATH);
        Path path = Paths.existing(place, PATH, Values.text(place, PATH));
        ImageSettings settings = new ImageSettings(
                DatasetSection.name(section, place, byDefault(path)),
                path,
                section.find("images").map(images -> Paths.folder(images, "images", Values.text(images, "images"))),
                section.find("task").map(task -> Values.oneOf(task, "task", DatasetSection.TASKS)),
                texts(section, "labels"),
                section.find("columns").map(ImagesSection::columns).orElse(Columns.USUAL),
                section.find("splits").map(ImagesSection::shares),
                section.find("seed")
                        .map(seed -> Values.whole(seed, "seed", 0L, LARGEST_SEED))
                        .orElse(0L),
                section.find("fit").map(fit -> Values.oneOf(fit, "fit", FITS)).orElse(Fit.STRETCH),
                section.find("window").map(ImagesSection::window),
                section.find("broken")
                        .map(broken -> Values.oneOf(broken, "broken", BROKEN))
                        .orElse(false));
        List<Integer> own = section.find("size")
                .map(sides -> Values.list(sides, "size", size -> Values.whole(size, "size", SMALLEST, LARGEST)))
                .orElse(sizes);
        return new DatasetChoice.OwnImageFiles(
                settings,
                own,
                section.find(SubgroupSection.KEY).map(SubgroupSection::read).orElse(List.of()));
    }

    /** The folder's name; of a manifest the file's without its ending, or the folder's where it is only called manifest. */
    private static String byDefault(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        String name = absolute.getFileName().toString().replaceFirst("(?i)\\.[ct]sv$", "");
        boolean plain = name.equals("manifest") && absolute.getParent().getFileName() != null;
        String made = (plain ? absolute.getParent().getFileName().toString() : name)
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        return made.isEmpty() ? "images" : made;
    }

    private static List<String> texts(Section section, String key) {
        return section.find(key)
                .map(node -> Values.list(node, key, each -> Values.text(each, key)))
                .orElse(List.of());
    }

    private static Columns columns(Yaml node) {
        Section section = Section.of(node, "columns", List.of("image", "label", "split", "group"));
        return new Columns(
                text(section, "image"), texts(section, "label"), text(section, "split"), text(section, "group"));
    }

    private static Optional<String> text(Section section, String key) {
        return section.find(key).map(node -> Values.text(node, key));
    }

    private static Shares shares(Yaml node) {
        Section section = Section.of(node, "splits", List.of("train", "val", "test"));
        return new Shares(share(section, "train"), share(section, "val"), share(section, "test"));
    }

    private static double share(Section section, String key) {
        return Values.number(section.require(key), key, Values.Range.positive(MOST));
    }

    private static Levels window(Yaml node) {
        List<Double> ends =
                Values.list(node, "window", end -> Values.number(end, "window", Values.Range.between(-MOST, MOST)));
        if (ends.size() != 2 || !(ends.get(0) < ends.get(1))) {
            throw node.place()
                    .error("window takes two numbers, the values that become black and white, as in [0, 4095]; here"
                            + " are "
                            + ends);
        }
        return new Levels(ends.get(0), ends.get(1));
    }
}

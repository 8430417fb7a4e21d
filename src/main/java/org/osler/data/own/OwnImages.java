package org.osler.data.own;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osler.InputException;
import org.osler.data.DatasetSize;
import org.osler.data.Metadata;
import org.osler.data.ReadingProgress;
import org.osler.data.Split;
import org.osler.metric.Task;
import org.osler.weights.Home;

/**
 * A user's own images, listed, labelled and divided into splits; no image has been looked into yet.
 *
 * <p>Where some images are given to splits, all must be. Where validation is not among the given splits, it is drawn from
 * training.
 */
public final class OwnImages {

    private final ImageSettings settings;
    private final Listing listing;
    private final LabelNumbers labels;
    private final Map<Split, List<Integer>> members;
    private final List<String> notes;
    private String contentHash;
    private String state;

    private OwnImages(
            ImageSettings settings,
            Listing listing,
            LabelNumbers labels,
            Map<Split, List<Integer>> members,
            List<String> notes) {
        this.settings = settings;
        this.listing = listing;
        this.labels = labels;
        this.members = members;
        this.notes = notes;
    }

    /** Whether a path is one that {@link #read} takes: a folder, or a file named {@code .csv} or {@code .tsv}. */
    public static boolean isOne(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return Files.isDirectory(path) || name.endsWith(".csv") || name.endsWith(".tsv");
    }

    /**
     * Lists the images.
     *
     * @throws InputException if folder or manifest are not as they should be, or if splits lack images or classes; says
     *     everything that is wrong
     * @throws IOException if the disk fails
     */
    public static OwnImages read(ImageSettings settings) throws IOException {
        Path path = settings.path();
        if (!Files.exists(path)) {
            throw new InputException("there is no file or folder " + path);
        }
        boolean folder = Files.isDirectory(path);
        if (folder && (settings.images().isPresent() || !settings.columns().equals(Columns.USUAL))) {
            throw new InputException(path + " is a folder of class folders; images and columns are said of manifests");
        }
        Listing listing = folder
                ? ClassFolders.read(path)
                : ManifestCsv.read(
                        path, settings.images().orElse(path.toAbsolutePath().getParent()), settings.columns());
        LabelNumbers labels = LabelNumbers.of(listing, settings);
        List<String> notes = new ArrayList<>(listing.notes());
        Map<Split, List<Integer>> members = members(settings, listing, labels, notes);
        requireVariety(settings, labels, members);
        return new OwnImages(settings, listing, labels, members, List.copyOf(notes));
    }

    private static Map<Split, List<Integer>> members(
            ImageSettings settings, Listing listing, LabelNumbers labels, List<String> notes) {
        Map<Split, List<Integer>> members = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            members.put(split, new ArrayList<>());
        }
        List<Integer> undecided = new ArrayList<>();
        boolean given =
                listing.entries().stream().anyMatch(entry -> entry.split().isPresent());
        for (int i = 0; i < listing.entries().size(); i++) {
            Listing.Entry entry = listing.entries().get(i);
            if (given && settings.splits().isEmpty()) {
                members.get(entry.split().orElseThrow()).add(i);
            } else {
                undecided.add(i);
            }
        }
        Shares shares = settings.splits().orElse(Shares.USUAL);
        if (!undecided.isEmpty()) {
            if (given) {
                notes.add("the given splits are passed over: splits are drawn, as the settings say");
            }
            draw(undecided, shares.all(), settings.seed(), listing, labels, members);
        } else if (members.get(Split.VAL).isEmpty()) {
            List<Integer> train = List.copyOf(members.get(Split.TRAIN));
            members.get(Split.TRAIN).clear();
            draw(train, shares.withoutTest(), settings.seed(), listing, labels, members);
            notes.add("no validation images are given: %,d of the %,d training images were drawn for it"
                    .formatted(members.get(Split.VAL).size(), train.size()));
        }
        return members;
    }

    private static void draw(
            List<Integer> images,
            Map<Split, Double> shares,
            long seed,
            Listing listing,
            LabelNumbers labels,
            Map<Split, List<Integer>> members) {
        int classes = labels.names().size();
        List<int[]> counted = images.stream()
                .map(i -> labels.multiLabel() ? present(labels.rows()[i], classes) : labels.rows()[i])
                .toList();
        // No List.copyOf: images without a group have none.
        List<String> groups = new ArrayList<>();
        images.forEach(i -> groups.add(listing.entries().get(i).group().orElse(null)));
        Split[] drawn = DrawnSplits.draw(counted, groups, shares, seed);
        for (int k = 0; k < drawn.length; k++) {
            members.get(drawn[k]).add(images.get(k));
        }
    }

    /** The labels that an image has, and one more that every image has, for those that have none. */
    private static int[] present(int[] row, int classes) {
        return IntStream.rangeClosed(0, classes)
                .filter(c -> c == classes || row[c] == 1)
                .toArray();
    }

    private static void requireVariety(ImageSettings settings, LabelNumbers labels, Map<Split, List<Integer>> members) {
        for (Split split : Split.values()) {
            int[][] rows = rows(labels, members.get(split));
            if (rows.length == 0) {
                throw new InputException(
                        "%s has no %s images; every split needs some".formatted(settings.path(), split.id()));
            }
            if (Arrays.stream(rows).allMatch(row -> Arrays.equals(row, rows[0]))) {
                throw new InputException("%s: all %,d %s images have the label %s; at least two classes are needed"
                        .formatted(
                                settings.path(),
                                rows.length,
                                split.id(),
                                labels.multiLabel()
                                        ? Arrays.toString(rows[0])
                                        : labels.names().get(rows[0][0])));
            }
        }
        for (int c = 0; c < labels.names().size() && !labels.multiLabel(); c++) {
            int number = c;
            if (members.get(Split.TRAIN).stream().noneMatch(i -> labels.rows()[i][0] == number)) {
                throw new InputException("%s: class %s has no training image"
                        .formatted(settings.path(), labels.names().get(c)));
            }
        }
    }

    private static int[][] rows(LabelNumbers labels, List<Integer> images) {
        return images.stream().map(i -> labels.rows()[i]).toArray(int[][]::new);
    }

    /**
     * How large the dataset is; images may turn out to be grey.
     *
     * @param side in pixels of the stored images
     */
    public DatasetSize size(int side) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        members.forEach((split, images) -> counts.put(split, images.size()));
        return new DatasetSize(counts, side, side, 3, labels.names().size());
    }

    /**
     * The dataset with images of a size, ready to be opened by a {@link org.osler.data.DatasetStore}. The first time, every
     * file is read to know its hash.
     *
     * @param side in pixels of the stored images
     */
    public OwnDataset at(int side, Home home, ReadingProgress progress) throws IOException {
        if (contentHash == null) {
            state = ContentHash.state(listing.entries());
            contentHash = new ContentHash(home, settings.name(), progress).of(listing.entries());
        }
        return new OwnDataset(this, side, progress);
    }

    /**
     * Makes sure that no file has changed since its content was hashed.
     *
     * @throws InputException if one has
     */
    void requireUnchanged() throws IOException {
        if (!ContentHash.state(listing.entries()).equals(state)) {
            throw new InputException(settings.path() + " was changed while its images were read; start again");
        }
    }

    /**
     * Makes sure that splits and classes are still there without the images that are broken.
     *
     * @throws InputException if not
     */
    void requireVariety(Map<Split, BitSet> broken) {
        Map<Split, List<Integer>> left = new EnumMap<>(Split.class);
        members.forEach((split, images) -> left.put(
                split,
                IntStream.range(0, images.size())
                        .filter(i -> !broken.get(split).get(i))
                        .mapToObj(images::get)
                        .toList()));
        requireVariety(settings, labels, left);
    }

    ImageSettings settings() {
        return settings;
    }

    String contentHash() {
        return contentHash;
    }

    List<String> notes() {
        return notes;
    }

    /** Names of the classes, in order; of the labels, where there are several. */
    public List<String> labelNames() {
        return labels.names();
    }

    /** Names of the columns of {@link #metadata}; the first is {@code image}. */
    public List<String> columns() {
        return listing.columns();
    }

    /** Whether an image may have several labels. */
    public boolean isMultiLabel() {
        return labels.multiLabel();
    }

    Optional<Task> task() {
        return labels.multiLabel() ? Optional.of(Task.MULTI_LABEL) : settings.task();
    }

    List<Listing.Entry> entries(Split split) {
        return members.get(split).stream().map(listing.entries()::get).toList();
    }

    Map<Split, int[][]> labels() {
        Map<Split, int[][]> result = new EnumMap<>(Split.class);
        members.forEach((split, images) -> result.put(split, rows(labels, images)));
        return result;
    }

    /** What is known of each image beside its label. */
    public Metadata metadata() {
        Map<Split, List<List<String>>> rows = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            rows.put(split, entries(split).stream().map(Listing.Entry::row).toList());
        }
        return new Metadata(listing.group().orElse(null), listing.columns(), rows);
    }
}

package org.osler.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.PhantomSpec;
import org.osler.data.own.OwnImages;
import org.osler.metric.Task;

/**
 * The list under {@code datasets}: names of MedMNIST's twelve or {@code all}, npz files, phantoms, and image
 * files of one's own.
 */
final class DatasetSection {

    private static final List<String> MEDMNIST =
            DatasetCatalog.cards().stream().map(DatasetCard::name).toList();

    private static final String PATH = "path";
    private static final String PHANTOM = "phantom";
    private static final String NAME = "name";
    private static final String NPZ = ".npz";
    static final Map<String, Task> TASKS = Values.words(Task.values(), Task::id);
    private static final Map<String, Integer> CHANNELS = Values.words(new Integer[] {1, 3}, String::valueOf);
    private static final int MOST_CLASSES = 100;
    private static final int MOST_IMAGES = 10_000_000;

    private final List<Integer> sizes;
    private final boolean sizesGiven;

    private DatasetSection(List<Integer> sizes, boolean sizesGiven) {
        this.sizes = sizes;
        this.sizesGiven = sizesGiven;
    }

    /**
     * Reads the list.
     *
     * @param sizes the study's image sizes; a file whose name has {@code {size}} must be there for each
     * @param sizesGiven whether the study says them; if not, a user's own images are stored as large as encoders need
     */
    static List<DatasetChoice> read(Yaml node, List<Integer> sizes, boolean sizesGiven) {
        return new DatasetSection(sizes, sizesGiven).read(node);
    }

    private List<DatasetChoice> read(Yaml node) {
        List<DatasetChoice> choices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Yaml item : Values.items(node, "datasets")) {
            for (DatasetChoice choice : choices(item)) {
                if (!names.add(choice.name())) {
                    throw item.place()
                            .error("datasets: a second dataset is called \"" + choice.name()
                                    + "\"; leave it out or give it a name of its own");
                }
                choices.add(choice);
            }
        }
        return choices;
    }

    private List<DatasetChoice> choices(Yaml node) {
        if (node instanceof Yaml.Mapping mapping) {
            return List.of(mapping.entries().containsKey(PHANTOM) ? phantom(node) : ownFiles(node, mapping));
        }
        String text = Values.text(node, "datasets");
        if (text.equals(EncoderSection.ALL)) {
            return MEDMNIST.stream()
                    .<DatasetChoice>map(DatasetChoice.MedMnist::new)
                    .toList();
        }
        if (MEDMNIST.contains(text)) {
            return List.of(new DatasetChoice.MedMnist(text));
        }
        if (text.endsWith(NPZ)) {
            return List.of(npzFile(node, text, null));
        }
        if (OwnImages.isOne(Paths.path(node, PATH, text))) {
            return List.of(new ImagesSection(studySizes()).read(node, text));
        }
        throw node.place()
                .error(
                        "unknown dataset \"" + text + "\"; "
                                + Nearest.to(text, MEDMNIST)
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse(
                                                "`osler datasets` lists the known ones; files are named as {path: FILE.npz}, {path: FOLDER} or {path: MANIFEST.csv}"));
    }

    private List<Integer> studySizes() {
        return sizesGiven ? sizes : List.of();
    }

    private DatasetChoice ownFiles(Yaml node, Yaml.Mapping mapping) {
        Yaml.Entry path = mapping.entries().get(PATH);
        if (path != null && OwnImages.isOne(Paths.path(path.value(), PATH, Values.text(path.value(), PATH)))) {
            return new ImagesSection(studySizes()).read(node);
        }
        return npzFile(node);
    }

    private DatasetChoice npzFile(Yaml node) {
        Section section = Section.of(node, "a dataset", List.of(PATH, NAME, "task", "labels"));
        Yaml path = section.require(PATH);
        return npzFile(path, Values.text(path, PATH), section);
    }

    private DatasetChoice npzFile(Yaml place, String text, Section section) {
        Path npz = Paths.path(place, PATH, text);
        String base = npz.getFileName().toString();
        if (!base.endsWith(NPZ)) {
            Paths.requireFile(place, PATH, npz);
            throw place.place()
                    .error(PATH + ": " + npz + " is no .npz file, no folder of class folders and no .csv manifest");
        }
        String byDefault = base.substring(0, base.length() - NPZ.length()).replaceAll("[._-]?\\{size}", "");
        DatasetChoice.NpzFile choice = section == null
                ? new DatasetChoice.NpzFile(plain(place, byDefault), npz, Optional.empty(), List.of())
                : new DatasetChoice.NpzFile(
                        name(section, place, byDefault),
                        npz,
                        section.find("task").map(task -> Values.oneOf(task, "task", TASKS)),
                        section.find("labels")
                                .map(labels -> Values.list(labels, "labels", label -> Values.text(label, "labels")))
                                .orElse(List.of()));
        choice.sizes(sizes).forEach(size -> Paths.requireFile(place, PATH, choice.file(size)));
        return choice;
    }

    private static DatasetChoice phantom(Yaml node) {
        Section section = Section.of(node, "a phantom dataset", List.of(PHANTOM, NAME));
        Section phantom = Section.of(
                section.require(PHANTOM),
                PHANTOM,
                List.of("task", "classes", "channels", "size", "train", "val", "test", "seed"));
        Task task = Values.oneOf(phantom.require("task"), "task", TASKS);
        int classes = task == Task.BINARY
                ? whole(phantom, "classes", 2, 2, 2)
                : Values.whole(phantom.require("classes"), "classes", 2, MOST_CLASSES);
        PhantomSpec spec = new PhantomSpec(
                task,
                classes,
                phantom.find("channels")
                        .map(value -> Values.oneOf(value, "channels", CHANNELS))
                        .orElse(1),
                whole(phantom, "size", 28, 224, 28),
                whole(phantom, "train", classes, MOST_IMAGES, 240),
                whole(phantom, "val", classes, MOST_IMAGES, 60),
                whole(phantom, "test", classes, MOST_IMAGES, 120),
                phantom.find("seed")
                        .map(value -> Values.whole(value, "seed", 0L, Long.MAX_VALUE / 10))
                        .orElse(0L));
        return new DatasetChoice.Phantom(name(section, node, "phantom-" + task.id()), spec);
    }

    private static int whole(Section section, String key, int low, int high, int otherwise) {
        return section.find(key).map(node -> Values.whole(node, key, low, high)).orElse(otherwise);
    }

    static String name(Section section, Yaml place, String byDefault) {
        return section.find(NAME)
                .map(node -> plain(node, Values.text(node, NAME)))
                .orElseGet(() -> plain(place, byDefault));
    }

    /** Names stand in file names and tables. */
    static String plain(Yaml node, String name) {
        Values.name(node, name);
        if (MEDMNIST.contains(name)) {
            throw node.place().error("\"" + name + "\" is the name of an official dataset; give another name");
        }
        return name;
    }
}

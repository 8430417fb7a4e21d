package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.Dataset;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.own.ImageSettings;
import org.osler.data.own.OwnImages;
import org.osler.metric.Task;
import org.osler.model.ImageForm;
import org.osler.model.ModelDescription;
import org.osler.study.ByteBar;
import org.osler.study.Nearest;
import org.osler.study.ReadingBar;
import org.osler.weights.Home;

/** Opens what {@code --data} names: one of MedMNIST's datasets, a file of their layout, or a user's own images. */
final class DataOption {

    private final Terminal terminal;
    private final Home home;
    private final String data;
    private final ImageOptions images;

    DataOption(Terminal terminal, Home home, String data, ImageOptions images) {
        this.terminal = terminal;
        this.home = home;
        this.data = data;
        this.images = images;
    }

    /**
     * What data are called where a command makes a name of its own: {@code scans} for {@code my/scans/}, and for
     * {@code my/scans/manifest.csv}.
     */
    static String baseName(String data) {
        Path path = Path.of(data).toAbsolutePath().normalize();
        String name = path.getFileName().toString().replaceFirst("(?i)\\.(npz|csv|tsv)$", "");
        boolean plain = name.equals("manifest") && path.getParent().getFileName() != null;
        return plain ? path.getParent().getFileName().toString() : name;
    }

    /**
     * Opens it.
     *
     * @param folder where the user keeps MedMNIST's files; null: nowhere in particular
     * @param size which of a dataset's files
     * @param side in pixels of one's own images, as they are stored
     * @param square how one's own images become that
     * @throws InputException if it is nothing that is known; names the nearest
     */
    Dataset open(Path folder, int size, int side, SquareOptions square) throws IOException {
        if (ImageOptions.suit(data)) {
            return open(OwnImages.read(images.settings(data, square)), side);
        }
        return official(folder, size);
    }

    /**
     * The images of one's own that predictions were made on.
     *
     * @param side in pixels of the squares that were stored
     * @param task of the labels; null: they tell
     * @param labels names of the classes in the order of the predictions; none: sorted
     */
    Dataset open(int side, Task task, List<String> labels) throws IOException {
        ImageSettings settings = images.settings(data, new SquareOptions());
        if (task != null || !labels.isEmpty()) {
            settings = settings.as(Optional.ofNullable(task), labels);
        }
        return open(OwnImages.read(settings), side);
    }

    /** The same, of images in the form that a model wants; labels are in the model's order if they are the model's. */
    Dataset openFor(ModelDescription model, Path folder, int size) throws IOException {
        if (!ImageOptions.suit(data)) {
            return official(folder, size);
        }
        ImageForm form = model.images();
        ImageSettings settings = images.settings(data, new SquareOptions()).as(form.fit(), form.window());
        OwnImages found = OwnImages.read(settings);
        boolean same = found.isMultiLabel() == (model.task() == Task.MULTI_LABEL)
                && new HashSet<>(found.labelNames()).equals(new HashSet<>(model.labels()));
        return open(
                same ? OwnImages.read(settings.as(Optional.of(model.task()), model.labels())) : found, form.height());
    }

    private Dataset open(OwnImages found, int side) throws IOException {
        var console = new ConsoleProgress(terminal, InstantSource.system());
        return new DatasetStore(home, new ByteBar(console)).open(found.at(side, home, new ReadingBar(console)));
    }

    private Dataset official(Path folder, int size) throws IOException {
        var progress = new ByteBar(new ConsoleProgress(terminal, InstantSource.system()));
        return new DatasetStore(home, progress).open(source(folder, size));
    }

    private DatasetSource source(Path folder, int size) {
        Optional<DatasetCard> known = DatasetCatalog.find(data);
        if (known.isPresent()) {
            return DatasetFiles.of(home, Optional.ofNullable(folder)).find(known.get(), size);
        }
        Path npz = Path.of(data);
        if (!Files.isRegularFile(npz)) {
            throw new InputException(data
                    + ": neither an .npz file, a folder of images or a .csv manifest, nor one of MedMNIST's datasets; "
                    + Nearest.hint(
                            data,
                            DatasetCatalog.cards().stream()
                                    .map(DatasetCard::name)
                                    .toList()));
        }
        return DatasetSource.of(npz);
    }
}

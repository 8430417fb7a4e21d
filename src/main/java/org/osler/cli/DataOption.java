package org.osler.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.InputException;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.data.DatasetSource;
import org.osler.study.Nearest;
import org.osler.weights.Home;

/** What {@code --data} names. */
final class DataOption {

    private DataOption() {}

    /**
     * One of MedMNIST's datasets, or a file of their layout.
     *
     * @param folder where the user keeps MedMNIST's files; null: nowhere in particular
     * @param size which of a dataset's files
     * @throws InputException if it is neither; names the nearest
     */
    static DatasetSource source(Home home, String data, Path folder, int size) {
        Optional<DatasetCard> known = DatasetCatalog.find(data);
        if (known.isPresent()) {
            return DatasetFiles.of(home, Optional.ofNullable(folder)).find(known.get(), size);
        }
        Path npz = Path.of(data);
        if (!Files.isRegularFile(npz)) {
            throw new InputException("--data " + data + ": neither an .npz file nor one of MedMNIST's datasets; "
                    + Nearest.hint(
                            data,
                            DatasetCatalog.cards().stream()
                                    .map(DatasetCard::name)
                                    .toList()));
        }
        return DatasetSource.of(npz);
    }
}

package org.osler.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetSize;
import org.osler.data.Split;
import org.osler.data.own.OwnImages;
import org.osler.train.Effort;

/** How large a study's datasets are: those of the catalog are known, files of one's own are asked once. */
final class DatasetSizes {

    private final Study study;
    private final Map<Key, DatasetSize> known = new HashMap<>();

    private record Key(String dataset, OptionalInt size) {}

    DatasetSizes(Study study) {
        this.study = study;
    }

    /**
     * How large a trial's dataset is.
     *
     * @throws org.osler.InputException if it is a file, and broken
     */
    DatasetSize of(Trial trial) {
        return known.computeIfAbsent(
                new Key(trial.dataset(), trial.size()), key -> find(study.dataset(trial), key.size()));
    }

    /** How many images a trial trains on; of few-shot draws the most that they can come to. */
    int trainingImages(Trial trial) {
        DatasetSize size = of(trial);
        int all = size.counts().get(Split.TRAIN);
        return trial.shots().isEmpty()
                ? all
                : (int) Math.min(all, (long) trial.shots().getAsInt() * size.classes());
    }

    /** How long a trial trains. */
    Effort effort(Trial trial) {
        return Effort.of(trial.recipe(), trainingImages(trial));
    }

    private static DatasetSize find(DatasetChoice choice, OptionalInt size) {
        if (choice instanceof DatasetChoice.MedMnist published) {
            return DatasetSize.of(DatasetCatalog.find(published.name()).orElseThrow(), size.orElseThrow());
        }
        if (choice instanceof DatasetChoice.Phantom phantom) {
            return DatasetSize.of(phantom.spec());
        }
        try {
            if (choice instanceof DatasetChoice.OwnImageFiles own) {
                return OwnImages.read(own.settings()).size(size.orElseThrow());
            }
            var file = (DatasetChoice.NpzFile) choice;
            return DatasetSize.of(file.file(size), file.labels());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

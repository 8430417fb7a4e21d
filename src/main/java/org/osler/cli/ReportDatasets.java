package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.data.Dataset;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.data.DatasetStore;
import org.osler.report.DatasetResolver;
import org.osler.study.DatasetChoice;
import org.osler.study.Trial;
import org.osler.weights.Home;

/** Finds the datasets that results were made from, for a report's images and intervals. */
final class ReportDatasets {

    private ReportDatasets() {}

    static DatasetResolver of(Home home, Optional<Path> dataDir) {
        DatasetFiles files = DatasetFiles.of(home, dataDir);
        DatasetStore store = new DatasetStore(home);
        return trial -> open(files, store, trial);
    }

    private static Optional<Dataset> open(DatasetFiles files, DatasetStore store, Trial trial) throws IOException {
        if (trial.kind() != DatasetChoice.Kind.MEDMNIST) {
            return Optional.empty();
        }
        var card = DatasetCatalog.find(trial.dataset());
        if (card.isEmpty()
                || files.atHand(card.get(), trial.size().orElseThrow()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(store.open(files.find(card.get(), trial.size().orElseThrow())));
    }
}

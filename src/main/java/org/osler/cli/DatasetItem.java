package org.osler.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.osler.InputException;
import org.osler.data.DatasetCard;
import org.osler.data.DatasetDownloads;
import org.osler.data.DatasetFiles;
import org.osler.weights.download.DownloadProgress;
import org.osler.weights.download.Fetched;

/**
 * An official file of a dataset.
 *
 * @param card the dataset
 * @param size one of its sizes
 * @param files where it may lie already
 * @param downloads where it is published
 */
record DatasetItem(DatasetCard card, int size, DatasetFiles files, DatasetDownloads downloads) implements FetchItem {

    @Override
    public String name() {
        return card.fileName(size);
    }

    @Override
    public String from() {
        return downloads.address(card, size).toString();
    }

    @Override
    public Optional<Path> present() {
        return files.atHand(card, size);
    }

    @Override
    public OptionalLong length() throws IOException {
        return downloads.length(card, size);
    }

    @Override
    public Fetched fetch(DownloadProgress progress) throws IOException {
        Optional<Path> present = present();
        return present.isPresent()
                ? new Fetched(present.get(), present.get().toFile().length(), false)
                : downloads.fetch(card, size, progress);
    }

    @Override
    public String advice() {
        try {
            files.find(card, size);
            return "";
        } catch (InputException e) {
            return e.getMessage();
        }
    }
}

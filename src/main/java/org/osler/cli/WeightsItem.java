package org.osler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.osler.InputException;
import org.osler.encoder.EncoderCard;
import org.osler.weights.Home;
import org.osler.weights.HubFile;
import org.osler.weights.WeightFiles;
import org.osler.weights.download.DownloadProgress;
import org.osler.weights.download.Fetched;
import org.osler.weights.download.Hub;

/**
 * The weights of an encoder.
 *
 * @param card whose source is not empty
 * @param home where they may lie already
 * @param hub where they are published
 * @param update whether to get the newest revision even if another is at hand
 */
record WeightsItem(EncoderCard card, Home home, Hub hub, boolean update) implements FetchItem {

    @Override
    public String name() {
        return card.id();
    }

    @Override
    public String from() {
        return file().page();
    }

    @Override
    public Optional<Path> present() throws IOException {
        if (update) {
            return Optional.empty();
        }
        Path own = WeightFiles.own(home, card.id());
        return Files.isRegularFile(own) ? Optional.of(own) : hub.present(file());
    }

    @Override
    public OptionalLong length() throws IOException {
        return hub.length(file());
    }

    @Override
    public Fetched fetch(DownloadProgress progress) throws IOException {
        Path own = WeightFiles.own(home, card.id());
        if (update) {
            return hub.update(file(), progress);
        }
        return Files.isRegularFile(own) ? new Fetched(own, Files.size(own), false) : hub.fetch(file(), progress);
    }

    @Override
    public String advice() throws IOException {
        try {
            WeightFiles.find(home, card.id(), card.source(), Optional.empty());
            return "";
        } catch (InputException e) {
            return e.getMessage();
        }
    }

    private HubFile file() {
        return card.source().orElseThrow();
    }
}

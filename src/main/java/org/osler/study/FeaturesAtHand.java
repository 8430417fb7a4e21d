package org.osler.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osler.InputException;
import org.osler.data.DatasetCatalog;
import org.osler.data.Phantoms;
import org.osler.train.Progress;
import org.osler.weights.HashMemory;
import org.osler.weights.Home;

/**
 * Which features of a study are there from before. Fetches, draws and unpacks nothing to find out, and does not read the
 * images of folders and manifests for it: theirs count as not there.
 */
final class FeaturesAtHand {

    private final Study study;
    private final Home home;
    private final FeatureFiles files;
    private final Inputs inputs;
    private final HashMemory hashes;
    private final Map<Key, Optional<String>> dataHashes = new HashMap<>();

    private record Key(String dataset, OptionalInt size) {}

    FeaturesAtHand(Study study, Home home) {
        this.study = study;
        this.home = home;
        this.files = new FeatureFiles(home);
        this.inputs = new Inputs(new Sources(study, home, Progress.SILENT));
        this.hashes = new HashMemory(home);
    }

    /** Whether the features that a trial works on are there. */
    boolean has(Trial trial) throws IOException {
        if (!files.hasAny()) {
            return false; // nothing needs to be hashed
        }
        Optional<String> data = dataHash(trial);
        return data.isPresent() && files.has(trial, study.encoder(trial).card(), weightsHash(trial), data.get());
    }

    private String weightsHash(Trial trial) throws IOException {
        try {
            return inputs.weights(trial).sha256();
        } catch (InputException e) {
            return "absent"; // the plan names what is missing
        }
    }

    private Optional<String> dataHash(Trial trial) throws IOException {
        var key = new Key(trial.dataset(), trial.size());
        Optional<String> known = dataHashes.get(key);
        if (known == null) {
            known = dataHash(study.dataset(trial), trial.size());
            dataHashes.put(key, known);
        }
        return known;
    }

    private Optional<String> dataHash(DatasetChoice choice, OptionalInt size) throws IOException {
        if (choice instanceof DatasetChoice.MedMnist published) {
            var card = DatasetCatalog.find(published.name()).orElseThrow();
            return Optional.ofNullable(card.files().get(size.orElseThrow())).map(file -> file.md5());
        }
        if (choice instanceof DatasetChoice.OwnImageFiles) {
            return Optional.empty();
        }
        Path npz = choice instanceof DatasetChoice.Phantom phantom
                ? Phantoms.file(phantom.spec(), home.osler().resolve(Phantoms.FOLDER))
                : ((DatasetChoice.NpzFile) choice).file(size);
        return Files.isRegularFile(npz) ? Optional.of(hashes.md5(npz)) : Optional.empty();
    }
}

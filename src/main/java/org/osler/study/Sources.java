package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osler.data.Dataset;
import org.osler.data.DatasetCatalog;
import org.osler.data.DatasetFiles;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.Phantoms;
import org.osler.data.ReadingProgress;
import org.osler.data.image.Fit;
import org.osler.data.image.Levels;
import org.osler.data.own.OwnImages;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCard;
import org.osler.encoder.EncoderWeights;
import org.osler.model.ImageForm;
import org.osler.tensor.Device;
import org.osler.train.Progress;
import org.osler.weights.HashMemory;
import org.osler.weights.Home;
import org.osler.weights.LockFile;
import org.osler.weights.WeightFiles;

/** Where a study's datasets and weights come from. */
final class Sources {

    private final Study study;
    private final Home home;
    private final DatasetStore store;
    private final HashMemory hashes;

    private final ReadingProgress progress;
    private final Map<String, OwnImages> ownImages = new HashMap<>();

    /**
     * Prepares.
     *
     * @param progress hears how large files are hashed and unpacked, and images decoded
     */
    Sources(Study study, Home home, Progress progress) {
        this.study = study;
        this.progress = new ReadingBar(progress);
        this.home = home;
        this.store = new DatasetStore(home, new ByteBar(progress));
        this.hashes = new HashMemory(home, new ByteBar(progress));
    }

    /**
     * The weights of a trial's encoder.
     *
     * @param file the weight file; empty for random weights
     * @param sha256 its hash, or {@link Provenance#RANDOM_WEIGHTS}
     */
    record Weights(Optional<Path> file, String sha256) {}

    /** Opens a trial's dataset; phantoms are drawn first where they are missing. */
    Dataset dataset(Trial trial) throws IOException {
        if (study.dataset(trial) instanceof DatasetChoice.OwnImageFiles own) {
            OwnImages images = ownImages.get(own.name());
            if (images == null) {
                images = OwnImages.read(own.settings());
                SubgroupSection.requireColumns(own, images.columns());
                ownImages.put(own.name(), images);
            }
            return store.open(images.at(trial.size().orElseThrow(), home, progress));
        }
        return store.open(source(trial));
    }

    /** The form of a trial's images, and how others are brought to it. */
    ImageForm form(Trial trial, Dataset dataset) {
        Fit fit = Fit.STRETCH;
        Optional<Levels> window = Optional.empty();
        if (study.dataset(trial) instanceof DatasetChoice.OwnImageFiles own) {
            fit = own.settings().fit();
            window = own.settings().window();
        }
        return new ImageForm(dataset.height(), dataset.width(), dataset.channels(), fit, window);
    }

    private DatasetSource source(Trial trial) throws IOException {
        DatasetChoice choice = study.dataset(trial);
        if (choice instanceof DatasetChoice.NpzFile file) {
            return new DatasetSource(
                    file.name(), file.file(trial.size()), file.task(), file.labels(), Optional.empty());
        }
        if (choice instanceof DatasetChoice.Phantom phantom) {
            return Phantoms.source(phantom.name(), phantom.spec(), home.osler().resolve(Phantoms.FOLDER));
        }
        return DatasetFiles.of(home, study.dataDir())
                .find(
                        DatasetCatalog.find(choice.name()).orElseThrow(),
                        trial.size().orElseThrow());
    }

    /**
     * Finds and hashes the weights of a trial's encoder.
     *
     * @throws org.osler.InputException if they are nowhere to be had, or not those that the lock file asks for
     */
    Weights weights(Trial trial) throws IOException {
        if (trial.weights().isRandom()) {
            return new Weights(Optional.empty(), Provenance.RANDOM_WEIGHTS);
        }
        EncoderChoice choice = study.encoder(trial);
        Path file = WeightFiles.find(home, choice.card().id(), choice.card().source(), choice.file());
        String sha256 = hashes.sha256(file);
        if (choice.file().isEmpty()) {
            LockFile.requireFound(home, choice.card().source(), file, sha256);
        }
        return new Weights(Optional.of(file), sha256);
    }

    /** What is known of a trial's encoder. */
    EncoderCard card(Trial trial) {
        return study.encoder(trial).card();
    }

    /** How a head on a trial's encoder is drawn; reads no weights. */
    Encoder.HeadInit headInit(Trial trial) {
        try (Encoder declared = study.encoder(trial).card().build(trial.input())) {
            return declared.headInit();
        }
    }

    /**
     * The device that the study chooses.
     *
     * @throws org.osler.InputException if it is not there
     */
    Device device() {
        return study.device().device();
    }

    /** A trial's encoder for features, in the trial's precision, on the study's device. */
    Encoder frozenEncoder(Trial trial, Weights weights) throws IOException {
        return EncoderWeights.openFrozen(
                study.encoder(trial).card(), trial.input(), weights.file(), trial.precision(), device());
    }

    /** A trial's encoder with its values, as they are before any training, on the study's device. */
    Encoder encoder(Trial trial, Weights weights) throws IOException {
        Encoder encoder = encoderOnCpu(trial, weights);
        try {
            encoder.parameters().moveTo(device());
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
        return encoder;
    }

    /** The same on the processor. */
    Encoder encoderOnCpu(Trial trial, Weights weights) throws IOException {
        EncoderCard card = study.encoder(trial).card();
        Encoder encoder = trial.weights() == WeightsKind.SEEDED
                ? EncoderWeights.drawn(card, trial.input(), trial.seed())
                : EncoderWeights.open(card, trial.input(), weights.file());
        encoder.parameters().computeIn(trial.precision().type());
        return encoder;
    }
}

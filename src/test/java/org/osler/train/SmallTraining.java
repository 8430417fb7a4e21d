package org.osler.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.data.Dataset;
import org.osler.data.DatasetSource;
import org.osler.data.DatasetStore;
import org.osler.data.PhantomSpec;
import org.osler.data.Phantoms;
import org.osler.data.Resize;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.encoder.EncoderCatalog;
import org.osler.encoder.EncoderWeights;
import org.osler.metric.Task;
import org.osler.weights.Home;

/** What a training takes, as small as it goes: drawn images of two classes, random encoders at 32 pixels. */
final class SmallTraining {

    /** Head and encoder are trained. */
    static final FineTune.Settings END_TO_END = FineTune.Settings.endToEnd(3, 1e-3, 1e-4);

    private SmallTraining() {}

    /**
     * Draws grey images of 28 pixels.
     *
     * @param folder takes what is drawn and unpacked
     * @param train how many to train on
     * @param others how many for validation, and how many for test
     */
    static Dataset phantom(Path folder, int train, int others) throws IOException {
        PhantomSpec spec = new PhantomSpec(Task.BINARY, 2, 1, 28, train, others, others, 5);
        return open(folder, Phantoms.source("phantom", spec, folder));
    }

    /** Opens a dataset, which is unpacked into a folder. */
    static Dataset open(Path folder, DatasetSource source) throws IOException {
        return new DatasetStore(new Home(folder.resolve("home"), folder.resolve("hub"))).open(source);
    }

    /** An encoder of an architecture, with random weights. */
    static Encoder randomEncoder(String name) throws IOException {
        return EncoderWeights.open(EncoderCatalog.find(name).orElseThrow(), 32, Optional.empty());
    }

    /** All images of a dataset, as an encoder takes them. */
    static ImageSet images(Dataset dataset, Encoder encoder) throws IOException {
        return ImageSet.of(
                dataset,
                FeatureExtractor.range(0, dataset.count(Split.TRAIN)),
                encoder.card().preprocessing(encoder.input(), Resize.SCALE));
    }
}

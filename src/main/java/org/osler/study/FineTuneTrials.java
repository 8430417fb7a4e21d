package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osler.encoder.Encoder;
import org.osler.train.Checkpoints;
import org.osler.train.FineTune;
import org.osler.train.Fit;
import org.osler.train.ImageSet;
import org.osler.train.Progress;

/** Runs the trials that need the encoder at every step, one after the other: fine-tuning, and probing with drift. */
final class FineTuneTrials {

    private final Sources sources;
    private final TrainingSet set;
    private final TrialSink sink;
    private final Keeper keeper;
    private final Progress progress;
    private final Path checkpointFolder;
    private final Duration checkpointInterval;

    FineTuneTrials(
            Sources sources,
            TrainingSet set,
            TrialSink sink,
            Keeper keeper,
            Progress progress,
            Path checkpointFolder,
            Duration checkpointInterval) {
        this.sources = sources;
        this.set = set;
        this.sink = sink;
        this.keeper = keeper;
        this.progress = progress;
        this.checkpointFolder = checkpointFolder;
        this.checkpointInterval = checkpointInterval;
    }

    /** Runs trials that are of this kind. */
    void run(List<Trial> trials) throws IOException {
        for (Trial trial : trials) {
            if (trial.strategy() instanceof Strategy.FineTune strategy) {
                run(trial, FineTune.Settings.endToEnd(trial.seed(), strategy.headLr(), strategy.encoderLr()));
            } else if (trial.strategy() instanceof Strategy.LinearProbe probe && probe.drifts()) {
                run(trial, FineTune.Settings.headOnly(trial.seed(), probe.headLr()));
            }
        }
    }

    private void run(Trial trial, FineTune.Settings settings) throws IOException {
        Instant started = Instant.now();
        Optional<Fit> fit = Attempt.at(List.of(trial), sink, () -> train(trial, settings));
        if (fit.isPresent()) {
            sink.done(trial, set, fit.get(), started);
            Checkpoints.remove(checkpointFolder.resolve(trial.id()));
        }
    }

    private Fit train(Trial trial, FineTune.Settings settings) throws IOException {
        String made = trial.canonicalJson() + " " + set.weights().sha256() + " "
                + set.dataset().hash();
        try (Encoder encoder = sources.encoder(trial, set.weights());
                Checkpoints checkpoints =
                        new Checkpoints(checkpointFolder.resolve(trial.id()), made, checkpointInterval)) {
            ImageSet data = ImageSet.of(
                    set.dataset(), set.chosen(), encoder.card().preprocessing(trial.input(), trial.resize()));
            Fit fit = FineTune.run(encoder, data, settings, trial.recipe(), checkpoints, progress);
            keeper.keep(trial, Optional.of(encoder.parameters()), fit.head().orElseThrow());
            return fit;
        }
    }
}

package org.osler.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.osler.model.HeadFile;
import org.osler.nn.Parameters;
import org.osler.train.TrainedHead;

/**
 * Keeps the heads of probes on frozen encoders beside a study's results, a few kilobytes each: what it takes, with the
 * encoder's weights, to say later what a prediction rests on. Encoders that were trained too would take a gigabyte.
 */
final class ProbeHeads implements Keeper {

    static final String FOLDER = "heads";

    private final Path results;

    ProbeHeads(Path results) {
        this.results = results;
    }

    /** Where a trial's head lies, if it is kept. */
    Path file(Trial trial) {
        return results.resolve(FOLDER).resolve(trial.id() + ".safetensors");
    }

    @Override
    public void keep(Trial trial, Optional<Parameters> encoder, TrainedHead head) throws IOException {
        if (encoder.isEmpty()) {
            HeadFile.write(file(trial), head);
            Files.deleteIfExists(ProbeMaps.file(results, trial.id())); // it is of another training
        }
    }
}

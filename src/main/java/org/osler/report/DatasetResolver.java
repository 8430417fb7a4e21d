package org.osler.report;

import java.io.IOException;
import java.util.Optional;
import org.osler.data.Dataset;
import org.osler.study.Trial;

/** Finds the dataset that a trial was run on, for its labels and images. */
@FunctionalInterface
public interface DatasetResolver {

    /** Finds nothing: a report then has no images, calibration or intervals, and says why. */
    DatasetResolver NONE = trial -> Optional.empty();

    /**
     * The trial's dataset, opened; the report closes it. Empty if it is not to be had any more.
     *
     * @throws IOException if the disk fails
     */
    Optional<Dataset> open(Trial trial) throws IOException;
}

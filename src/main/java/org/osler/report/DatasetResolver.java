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

    /** Finds nothing, for the report of a study that still runs: what takes the most time is left to the last report. */
    DatasetResolver LATER = new DatasetResolver() {
        @Override
        public Optional<Dataset> open(Trial trial) {
            return Optional.empty();
        }

        @Override
        public String absence() {
            return "they come with the report that is made when the run ends, as do intervals and calibration";
        }
    };

    /**
     * The trial's dataset, opened; the report closes it. Empty if it is not to be had any more.
     *
     * @throws IOException if the disk fails
     */
    Optional<Dataset> open(Trial trial) throws IOException;

    /** Why a dataset that was not found is not shown, as the end of a sentence. */
    default String absence() {
        return "the dataset's file was not found when this report was made";
    }
}

package org.osler.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osler.data.Split;

/** The results of a study, in {@code results.db}. */
public final class ResultStore implements AutoCloseable {

    private ResultStore() {}

    /** Opens the store of a results folder for writing; makes folder and store if need be. */
    public static ResultStore open(Path folder) {
        throw new UnsupportedOperationException(folder.toString());
    }

    /** Opens an existing store of a results folder for reading only. */
    public static ResultStore read(Path folder) {
        throw new UnsupportedOperationException(folder.toString());
    }

    /** Whether a result of this trial is committed. */
    public boolean isDone(Trial trial) {
        return find(trial).isPresent();
    }

    /** The committed result of this trial; compare {@link Provenance#madeFrom} to see whether it still stands. */
    public Optional<TrialResult> find(Trial trial) {
        throw new UnsupportedOperationException(trial.id());
    }

    /** Puts a result away in one transaction, in place of an older one of the same trial. */
    public void commit(TrialOutcome outcome) {
        throw new UnsupportedOperationException(outcome.trial().id());
    }

    /** Every committed result, without scores, in the order of commitment. */
    public List<TrialResult> results() {
        throw new UnsupportedOperationException();
    }

    /** Scores {@code [N, C]} of a committed result on a split. */
    public double[][] scores(String trialId, Split split) {
        throw new UnsupportedOperationException(trialId + split);
    }

    /** Notes that a trial could not be finished. */
    public void fail(Trial trial, String reason) {
        throw new UnsupportedOperationException(trial.id() + reason);
    }

    /** The trials that failed and have no result since. */
    public List<TrialFailure> failures() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

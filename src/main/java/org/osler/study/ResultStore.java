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
        if (folder != null) {
            throw new UnsupportedOperationException();
        }
        return new ResultStore();
    }

    /** Opens an existing store of a results folder for reading only. */
    public static ResultStore read(Path folder) {
        if (folder != null) {
            throw new UnsupportedOperationException();
        }
        return new ResultStore();
    }

    /** Whether a result of this trial is committed. */
    public boolean isDone(Trial trial) {
        return find(trial).isPresent();
    }

    /** The committed result of this trial; compare {@link Provenance#madeFrom} to see whether it still stands. */
    public Optional<TrialResult> find(Trial trial) {
        return Optional.empty();
    }

    /** Puts a result away in one transaction, in place of an older one of the same trial. */
    public void commit(TrialOutcome outcome) {
        notYet(outcome);
    }

    /** Every committed result, without scores, in the order of commitment. */
    public List<TrialResult> results() {
        return List.of();
    }

    /** Scores {@code [N, C]} of a committed result on a split. */
    public double[][] scores(String trialId, Split split) {
        return new double[trialId.length()][split.id().length()];
    }

    /** Notes that a trial could not be finished. */
    public void fail(Trial trial, String reason) {
        notYet(trial + reason);
    }

    /** The trials that failed and have no result since. */
    public List<TrialFailure> failures() {
        return List.of();
    }

    private static void notYet(Object what) {
        if (what != null) {
            throw new UnsupportedOperationException(what.toString());
        }
    }

    @Override
    public void close() {}
}

package org.osler.train;

import java.util.List;
import java.util.Optional;

/**
 * What a training run leaves behind: its curve, and the scores of the checkpoint that was best on validation.
 *
 * @param best the point of the curve whose checkpoint was kept
 * @param curve every validation, in order
 * @param valScores scores on the validation split, {@code [N, C]}: probabilities; binary has the columns 1 − p, p
 * @param testScores scores on the test split, {@code [N, C]}, read once, after the checkpoint was chosen
 * @param seconds time spent, in seconds, over all runs that it took
 * @param head the head of the checkpoint that was kept; empty where none is trained
 */
public record Fit(
        CurvePoint best,
        List<CurvePoint> curve,
        double[][] valScores,
        double[][] testScores,
        double seconds,
        Optional<TrainedHead> head) {

    /** A run that trains no head. */
    public Fit(CurvePoint best, List<CurvePoint> curve, double[][] valScores, double[][] testScores, double seconds) {
        this(best, curve, valScores, testScores, seconds, Optional.empty());
    }
}

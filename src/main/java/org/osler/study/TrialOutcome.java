package org.osler.study;

import org.osler.metric.Evaluation;
import org.osler.train.Fit;

/**
 * A finished trial with its scores, ready to be committed.
 *
 * @param trial the trial
 * @param data its dataset
 * @param fit what training left: curve, best point, scores {@code [N, C]} on validation and test
 * @param val evaluation of the validation scores
 * @param test evaluation of the test scores
 * @param provenance what it was made with and from
 */
public record TrialOutcome(
        Trial trial, DataFacts data, Fit fit, Evaluation val, Evaluation test, Provenance provenance) {

    public TrialOutcome {
        if (!fit.curve().contains(fit.best())) {
            throw new IllegalArgumentException("the best point is none of the curve's: " + fit.best());
        }
    }

    /** The same without the scores. */
    public TrialResult result() {
        return new TrialResult(trial, data, fit.best(), fit.curve(), fit.seconds(), val, test, provenance);
    }
}

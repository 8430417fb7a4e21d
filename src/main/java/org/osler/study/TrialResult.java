package org.osler.study;

import java.util.List;
import org.osler.metric.Evaluation;
import org.osler.train.CurvePoint;

/**
 * What is known of a finished trial, but for its scores, which {@link ResultStore#scores} reads one at a time.
 *
 * @param trial the trial
 * @param data its dataset
 * @param best the point of the curve whose checkpoint was kept
 * @param curve every validation, in order
 * @param seconds time spent on it, over all runs that it took
 * @param val evaluation of the kept checkpoint on the validation split
 * @param test evaluation on the test split
 * @param provenance what it was made with and from
 */
public record TrialResult(
        Trial trial,
        DataFacts data,
        CurvePoint best,
        List<CurvePoint> curve,
        double seconds,
        Evaluation val,
        Evaluation test,
        Provenance provenance) {

    public TrialResult {
        curve = List.copyOf(curve);
    }
}

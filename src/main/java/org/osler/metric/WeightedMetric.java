package org.osler.metric;

/**
 * A metric made ready for one sample, so that each further resample costs no sorting.
 *
 * <p>A resample is how often it holds each case. What the metric averages over (classes, say) is settled by the whole
 * sample; a resample that lacks one of these gives NaN, since a mean over fewer classes would be another quantity.
 */
interface WeightedMetric {

    /**
     * The metric on several resamples at once. Cases come outermost, so that what is looked up for a case serves all
     * resamples.
     *
     * @return {@code [weights.count()]}
     */
    double[] of(Weights weights);

    /** The metric on the sample itself, of so many cases. */
    default double once(int cases) {
        return of(Weights.once(cases))[0];
    }
}

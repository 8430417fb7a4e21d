package org.osler.metric;

/**
 * A metric made ready for one sample, so that each further resample costs no sorting.
 *
 * <p>A resample is how often it holds each case. What the metric averages over (classes, say) is settled by the whole
 * sample; a resample that lacks one of these gives NaN, since a mean over fewer classes would be another quantity.
 */
interface WeightedMetric {

    /** The metric where case i counts {@code weights[i]} times; weights are not negative and not all zero. */
    double of(int[] weights);
}

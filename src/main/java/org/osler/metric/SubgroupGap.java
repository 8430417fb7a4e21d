package org.osler.metric;

import java.util.List;

/**
 * How far the best of several groups is above the worst. That is above zero by chance alone, and the more so the more groups
 * there are: p says how often chance gives as much.
 *
 * @param best index of the group with the highest value
 * @param worst index of the group with the lowest
 * @param bestValue mean over the runs
 * @param worstValue mean over the runs
 * @param interval 95 % bootstrap interval of the difference between these two groups, cases of each (whole units of those
 *     that hang together) drawn anew; it takes no account of their having been picked as best and worst
 * @param p share of random divisions of the cases into groups of the same sizes whose gap is as large (that of the data
 *     counted as one): {@code (1 + count) / (1 + permutations)}; NaN for an AUC, and where cases that hang together are
 *     in several groups
 * @param pWithinClasses the same where only cases of the same class (of the same labels) change places, of those that hang
 *     together units with the same classes, so that every group keeps its mix of classes: small if the gap is more than
 *     chance and the mix of classes give
 * @param classes the classes that an AUC was averaged over: those that every group has enough cases of; empty for accuracy
 */
public record SubgroupGap(
        int best,
        int worst,
        double bestValue,
        double worstValue,
        Interval interval,
        double p,
        double pWithinClasses,
        List<Integer> classes) {

    public SubgroupGap {
        classes = List.copyOf(classes);
    }

    /** The difference, 0 to 1. */
    public double value() {
        return bestValue - worstValue;
    }
}

package org.osler.metric;

import java.util.List;

/**
 * What one group of cases says of a classifier.
 *
 * @param cases how many there are
 * @param support how many there are of each class (or label)
 * @param accuracy over them
 * @param auc over them: the mean over {@code aucClasses}
 * @param aucClasses the classes (or labels) of which the group has enough cases for an AUC; of a binary task {@code [1]} or
 *     none
 */
public record Subgroup(int cases, List<Integer> support, Estimate accuracy, Estimate auc, List<Integer> aucClasses) {

    /** Groups of fewer cases than this get no numbers. */
    public static final int FEWEST_CASES = 20;

    /** A class counts for a group's AUC if the group has so many cases of it, and so many of others. */
    public static final int FEWEST_OF_CLASS = 5;

    public Subgroup {
        support = List.copyOf(support);
        aucClasses = List.copyOf(aucClasses);
    }

    /** Whether the group is large enough for numbers. */
    public boolean isLargeEnough() {
        return cases >= FEWEST_CASES;
    }

    /**
     * A metric of one or several runs on the same cases.
     *
     * @param value mean over the runs; NaN where it is not defined
     * @param interval over cases: the ends of each run's bootstrap interval, averaged over the runs; NaN where there is none
     */
    public record Estimate(double value, Interval interval) {
        static final Estimate NONE = new Estimate(Double.NaN, new Interval(Double.NaN, Double.NaN));
    }
}

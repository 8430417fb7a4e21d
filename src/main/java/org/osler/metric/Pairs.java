package org.osler.metric;

/**
 * Counts, in several resamples at once, the pairs of a case with a class and one without it, while cases come by
 * ascending score: every one without it that came before makes a pair in the right order.
 */
final class Pairs {

    private final Weights weights;
    private final int[] with;
    private final Weights.Sum without;
    private int[] below;

    /** Whether cases without the class have come since {@link #below} was summed up. */
    private boolean outOfDate;

    /** Of the cases with the present score; null where none has come. */
    private Weights.Sum tiedWith;

    private Weights.Sum tiedWithout;

    /** Twice the pairs in the right order, so that ties count one half in whole numbers. */
    private final long[] twiceRight;

    /** No case has come. */
    Pairs(Weights weights) {
        this.weights = weights;
        this.with = new int[weights.count()];
        this.without = weights.new Sum();
        this.below = without.values();
        this.twiceRight = new long[weights.count()];
    }

    /** The next case, whose score no other has. */
    void take(int i, boolean positive) {
        if (!positive) {
            addWithout(i);
            return;
        }
        bringUp();
        for (int r = 0; r < twiceRight.length; r++) {
            int weight = weights.of(i, r);
            with[r] += weight;
            twiceRight[r] += 2L * weight * below[r];
        }
    }

    private void addWithout(int i) {
        without.add(i);
        outOfDate = true;
    }

    private void bringUp() {
        if (outOfDate) {
            below = without.values();
            outOfDate = false;
        }
    }

    /** One of several cases with the next score. */
    void tie(int i, boolean positive) {
        if (positive) {
            tiedWith = tiedWith == null ? weights.new Sum() : tiedWith;
            tiedWith.add(i);
        } else {
            tiedWithout = tiedWithout == null ? weights.new Sum() : tiedWithout;
            tiedWithout.add(i);
            addWithout(i);
        }
    }

    /** Those were all with this score. */
    void takeTied() {
        if (tiedWith != null) {
            bringUp();
            int[] some = tiedWith.values();
            int[] same = tiedWithout == null ? new int[some.length] : tiedWithout.values();
            for (int r = 0; r < twiceRight.length; r++) {
                // Those of the same score without the class are among the ones below, and count one half only.
                twiceRight[r] += some[r] * (2L * below[r] - same[r]);
                with[r] += some[r];
            }
        }
        tiedWith = null;
        tiedWithout = null;
    }

    /** The share of pairs in the right order; NaN where there are none. */
    double[] aucs() {
        bringUp();
        double[] aucs = new double[twiceRight.length];
        for (int r = 0; r < aucs.length; r++) {
            aucs[r] = twiceRight[r] / (2.0 * with[r] * below[r]);
        }
        return aucs;
    }
}

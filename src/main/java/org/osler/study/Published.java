package org.osler.study;

import java.util.Optional;

/**
 * What a paper reports for a setting, as fractions: its percentages divided by 100.
 *
 * @param source where it stands, e.g. {@code Wu and Papież 2025, table 1}
 * @param accuracyMean mean accuracy on test, 0 to 1
 * @param accuracyStd its population standard deviation over three runs
 * @param aucMean mean AUC on test, 0 to 1
 * @param aucStd its population standard deviation over three runs
 * @param sameProtocol whether the trials follow the paper's recipe to the letter: nothing overridden, its input size
 *     and precision
 */
public record Published(
        String source, double accuracyMean, double accuracyStd, double aucMean, double aucStd, boolean sameProtocol) {

    /** Differences up to this many combined standard deviations count as agreement. */
    private static final double DEVIATIONS = 2;

    /** Whether an accuracy of ours agrees with the published one; see {@link #agreesInAuc}. */
    public Optional<Boolean> agreesInAccuracy(Statistic ours) {
        return agrees(ours, accuracyMean, accuracyStd);
    }

    /**
     * Whether an AUC of ours agrees with the published one: {@code |ours − published| ≤ 2 √(s² + s_published²)}, both
     * standard deviations those of the population (ddof = 0), as published. Empty with a single seed, whose spread is not
     * known, and where ours is not defined.
     */
    public Optional<Boolean> agreesInAuc(Statistic ours) {
        return agrees(ours, aucMean, aucStd);
    }

    private static Optional<Boolean> agrees(Statistic ours, double mean, double std) {
        if (ours.n() < 2 || Double.isNaN(ours.mean())) {
            return Optional.empty();
        }
        return Optional.of(Math.abs(ours.mean() - mean) <= DEVIATIONS * Math.hypot(ours.std(), std));
    }
}

package org.osler.study;

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
        String source, double accuracyMean, double accuracyStd, double aucMean, double aucStd, boolean sameProtocol) {}

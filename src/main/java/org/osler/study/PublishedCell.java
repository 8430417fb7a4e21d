package org.osler.study;

import org.osler.data.Resize;

/**
 * One result that Wu and Papież 2025 print: a mean and standard deviation each of accuracy and AUC.
 *
 * @param table the table where it stands: {@code 1}, {@code 2}, {@code C.2}, {@code C.3}, {@code C.4} or {@code D}
 * @param encoder timm's id
 * @param dataset a MedMNIST dataset
 * @param size side in pixels of the stored images
 * @param resize how they were brought to the encoder's input
 * @param strategy {@link Strategy.LinearProbe#ID} or {@link Strategy.FineTune#ID}
 * @param accuracyMean mean accuracy on test, 0 to 1
 * @param accuracyStd its population standard deviation over three runs
 * @param aucMean mean AUC on test, 0 to 1
 * @param aucStd its population standard deviation over three runs
 */
public record PublishedCell(
        String table,
        String encoder,
        String dataset,
        int size,
        Resize resize,
        String strategy,
        double accuracyMean,
        double accuracyStd,
        double aucMean,
        double aucStd) {

    /** The cell as the published value of a setting. */
    public Published published(boolean sameProtocol) {
        return new Published(
                "Wu and Papież 2025, table " + table, accuracyMean, accuracyStd, aucMean, aucStd, sameProtocol);
    }
}

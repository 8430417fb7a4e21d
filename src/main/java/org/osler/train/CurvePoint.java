package org.osler.train;

/**
 * One point of a training curve, taken at a validation.
 *
 * @param epoch epochs finished, from 1
 * @param iteration iterations finished
 * @param trainLoss mean training loss since the point before, over batches
 * @param valAccuracy accuracy on the validation split, 0 to 1
 * @param valAuc AUC on the validation split, 0 to 1; NaN where it is not defined
 * @param valLoss mean loss on the validation split, over images; NaN where nothing is trained
 */
public record CurvePoint(
        int epoch, int iteration, double trainLoss, double valAccuracy, double valAuc, double valLoss) {}

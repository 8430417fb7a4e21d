package org.osler.train;

/**
 * The linear head of the checkpoint that a training run keeps, and what it says of validation and test.
 *
 * @param features length D of a feature vector
 * @param weight {@code [C, D]}, row-major
 * @param bias {@code [C]}
 * @param valLogits logits on the validation split, {@code [N, C]}
 * @param testLogits logits on the test split, {@code [N, C]}
 */
public record TrainedHead(int features, float[] weight, float[] bias, double[][] valLogits, double[][] testLogits) {}

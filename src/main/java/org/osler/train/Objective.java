package org.osler.train;

import org.osler.metric.Probabilities;
import org.osler.metric.Task;
import org.osler.metric.Temperature;
import org.osler.tensor.Functions;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * What a task asks of logits: the loss, and the probabilities that become scores. Multi-class and ordinal tasks use
 * cross-entropy on C logits, multi-label ones binary cross-entropy on L; binary tasks one or the other, as the recipe has
 * it.
 *
 * @param task the task
 * @param classes number of classes, or of labels
 * @param binaryOutput how a binary task is answered
 */
record Objective(Task task, int classes, Recipe.BinaryOutput binaryOutput) {

    /** Floats that libtorch's element-wise loops take in one go with the widest registers there are. */
    private static final int STRIDE = 32;

    /** Logits a head has. */
    int logits() {
        return exclusive() ? classes : task.logits(classes);
    }

    /** Whether an image is of one class, and the classes share a softmax. */
    private boolean exclusive() {
        return switch (task) {
            case MULTI_CLASS, ORDINAL -> true;
            case BINARY -> binaryOutput == Recipe.BinaryOutput.TWO_LOGITS;
            case MULTI_LABEL -> false;
        };
    }

    /** Labels [N][1 or L] as float targets [N, logits]: one-hot for exclusive classes. */
    Tensor targets(int[][] labels) {
        int width = logits();
        float[] targets = new float[labels.length * width];
        for (int i = 0; i < labels.length; i++) {
            if (exclusive()) {
                targets[i * width + labels[i][0]] = 1;
            } else {
                for (int j = 0; j < width; j++) {
                    targets[i * width + j] = labels[i][j];
                }
            }
        }
        return Tensors.of(targets, labels.length, width);
    }

    /** The mean loss of logits [B, logits] against targets of the same shape. */
    Tensor loss(Tensor logits, Tensor targets) {
        return exclusive()
                ? Functions.crossEntropy(logits, targets.argmax(-1))
                : Functions.binaryCrossEntropy(logits, targets);
    }

    /** The mean loss of each head of a group: logits and targets [H, B, logits] to [H]. */
    Tensor lossOfEach(Tensor logits, Tensor targets) {
        return exclusive()
                ? logits.logSoftmax(-1).mul(targets).sum(false, 1, 2).div(-(double) logits.size(1))
                : Functions.binaryCrossEntropyOfEach(padded(logits), padded(targets))
                        .narrow(1, 0, logits.size(1))
                        .mean(false, 1, 2);
    }

    /** The gradient of each head's mean loss with respect to its logits, both [H, B, logits]. */
    Tensor gradientOfEach(Tensor logits, Tensor targets) {
        return exclusive()
                ? logits.softmax(-1).sub(targets).div((double) logits.size(1))
                : padded(logits)
                        .sigmoid()
                        .narrow(1, 0, logits.size(1))
                        .sub(targets)
                        .div((double) logits.size(1) * logits.size(2));
    }

    /**
     * Heads [H, B, C] with B brought to a multiple of {@link #STRIDE}. libtorch computes exponentials and logarithms of
     * what is left after its last whole stride by another formula; without the padding, which elements these are, and so
     * a head's last bits, would depend on the heads beside it.
     */
    private static Tensor padded(Tensor heads) {
        long more = (STRIDE - heads.size(1) % STRIDE) % STRIDE;
        return more == 0 ? heads : Functions.pad2d(heads, 0, 0, 0, more, 0);
    }

    /** Logits [N, logits] as an array. */
    double[][] rows(Tensor logits) {
        int width = logits();
        float[] values = logits.toFloats();
        double[][] rows = new double[values.length / width][width];
        for (int i = 0; i < values.length; i++) {
            rows[i / width][i % width] = values[i];
        }
        return rows;
    }

    /** The mean loss of logits [N][logits] against labels [N][1 or L]. */
    double loss(double[][] logits, int[][] labels) {
        return Temperature.negativeLogLikelihood(task, labels, logits, 1);
    }

    /** Logits [N][logits] as scores [N][C]: probabilities; binary has the columns 1 − p, p. */
    double[][] scores(double[][] logits) {
        return Probabilities.of(task, logits, 1);
    }
}

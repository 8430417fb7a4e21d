package org.osler.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.nn.Mode;
import org.osler.tensor.Autograd;
import org.osler.tensor.GradientTape;
import org.osler.tensor.OutOfMemory;
import org.osler.tensor.Placement;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gradients of a batch's mean loss. Where memory is too short for the batch it is taken in parts, half as large each
 * time that they do not fit, and what they give is added up: without batch norm no image's features depend on the images
 * beside it, so that
 *
 * <pre>∇ 1/B Σᵢ ℓᵢ = Σₖ bₖ/B · ∇ 1/bₖ Σᵢ∈ₖ ℓᵢ</pre>
 *
 * up to rounding.
 */
final class BatchGradients {

    private static final Logger LOG = LoggerFactory.getLogger(BatchGradients.class);

    private final Encoder encoder;
    private final ImageSet data;
    private final Batches batches;
    private final Objective objective;
    private final LinearHead head;
    private final boolean trainsEncoder;
    private final List<Tensor> trained;
    private int most = Integer.MAX_VALUE;

    /**
     * A batch's mean loss and its gradients.
     *
     * @param loss a scalar, without a graph behind it
     * @param gradients of the head's parameters, then, if it is trained, of the encoder's, in order of declaration
     */
    record Step(Tensor loss, List<Tensor> gradients) {}

    BatchGradients(
            Encoder encoder,
            ImageSet data,
            Batches batches,
            Objective objective,
            LinearHead head,
            boolean trainsEncoder) {
        this.encoder = encoder;
        this.data = data;
        this.batches = batches;
        this.objective = objective;
        this.head = head;
        this.trainsEncoder = trainsEncoder;
        this.trained = new ArrayList<>(head.parameters().trained());
        if (trainsEncoder) {
            trained.addAll(encoder.parameters().trained());
        }
    }

    /** The most images that are taken at once; what a run has found out, its continuation keeps to. */
    int most() {
        return most;
    }

    void most(int images) {
        this.most = images;
    }

    /**
     * Loss and gradients of training images, in the innermost scope.
     *
     * @throws TooLargeBatchException if memory is too short and the batch cannot be taken in smaller parts
     */
    Step of(int... indices) {
        while (true) {
            try (Scope attempt = Scope.open()) {
                Step step = indices.length <= most ? part(indices, 1) : sum(indices);
                attempt.handOver(step.loss());
                step.gradients().forEach(attempt::handOver);
                return step;
            } catch (RuntimeException | OutOfMemoryError e) {
                if (!OutOfMemory.isCauseOf(e)) {
                    throw e;
                }
                halve(Math.min(most, indices.length), e);
            }
        }
    }

    private void halve(int images, Throwable cause) {
        if (encoder.card().architecture().batchNorm()) {
            throw new TooLargeBatchException(
                    "out of memory at " + images + " images a step; "
                            + encoder.card().id()
                            + " has batch norm, whose statistics are those of the whole batch, so it cannot be taken in"
                            + " parts: choose a smaller recipe.batch or input",
                    cause);
        }
        if (images == 1) {
            throw new TooLargeBatchException(
                    "out of memory even at a single image a step; choose a smaller input or encoder", cause);
        }
        most = (images + 1) / 2;
        LOG.warn(
                "out of memory at {} images a step; steps are taken in parts of {} from now on, with the same result but"
                        + " for rounding",
                images,
                most);
    }

    private Step sum(int... indices) {
        Step sum = null;
        for (int from = 0; from < indices.length; from += most) {
            int[] some = Arrays.copyOfRange(indices, from, Math.min(indices.length, from + most));
            try (Scope scope = Scope.open()) {
                Step part = part(some, (double) some.length / indices.length);
                if (sum == null) {
                    scope.handOver(part.loss());
                    part.gradients().forEach(scope::handOver);
                    sum = part;
                } else {
                    sum.loss().addInPlace(part.loss());
                    for (int i = 0; i < trained.size(); i++) {
                        sum.gradients().get(i).addInPlace(part.gradients().get(i));
                    }
                }
            }
        }
        return sum;
    }

    private Step part(int[] indices, double weight) {
        int[][] labels = new int[indices.length][];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = data.labels().get(Split.TRAIN)[indices[i]];
        }
        Tensor targets =
                Placement.send(objective.targets(labels), encoder.parameters().device());
        Tensor images = batches.of(Split.TRAIN, indices);
        try (GradientTape tape = GradientTape.open()) {
            Tensor features = trainsEncoder
                    ? encoder.features(images, Mode.TRAIN)
                    : Autograd.off(() -> encoder.features(images, Mode.TRAIN));
            Tensor mean = objective.loss(head.forward(features), targets);
            Tensor loss = weight == 1 ? mean : mean.mul(weight);
            return new Step(loss.detach(), tape.gradients(loss, trained));
        }
    }
}

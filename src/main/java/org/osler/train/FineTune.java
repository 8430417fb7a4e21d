package org.osler.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osler.SeededRandom;
import org.osler.data.Images;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.metric.Accuracy;
import org.osler.metric.RocAuc;
import org.osler.nn.Linear;
import org.osler.nn.Mode;
import org.osler.nn.Parameters;
import org.osler.tensor.AdamW;
import org.osler.tensor.Autograd;
import org.osler.tensor.DType;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Trains an encoder and a linear head together, end to end, with an optimiser for each. */
public final class FineTune implements AutoCloseable {

    private static final int EVALUATION_BATCH = 64;

    /**
     * What varies from one run to the next.
     *
     * @param seed decides the head's first values and the order of batches
     * @param headLr the head's learning rate at the start
     * @param encoderLr the encoder's learning rate, constant
     */
    public record Settings(long seed, double headLr, double encoderLr) {}

    private final Encoder encoder;
    private final ImageSet data;
    private final Settings settings;
    private final Recipe recipe;
    private final BatchOrder order;
    private final Objective objective;
    private final Schedule schedule;
    private final Parameters headParameters = new Parameters();
    private final Linear head;
    private final AdamW headOptimiser;
    private final AdamW encoderOptimiser;
    private final Tensor lossSum;
    private final List<CurvePoint> curve = new ArrayList<>();
    private CurvePoint best;
    private int iteration;
    private int stepsInSum;

    /** Starts from the encoder's present values, which training changes. */
    FineTune(Encoder encoder, ImageSet data, Settings settings, Recipe recipe, BatchOrder order) {
        this.encoder = encoder;
        this.data = data;
        this.settings = settings;
        this.recipe = recipe;
        this.order = order;
        this.objective = new Objective(data.task(), data.classes());
        this.schedule = Schedule.of(recipe, data.trainIndices().length);
        Encoder.HeadInit init = encoder.headInit();
        this.head = new Linear(
                headParameters.names().in("head"),
                encoder.card().features(),
                objective.logits(),
                init.weight(),
                init.bias());
        drawHead(init);
        headParameters.requireGradients();
        encoder.parameters().requireGradients();
        this.headOptimiser = new AdamW(headParameters.trained(), recipe.adamW());
        this.encoderOptimiser = new AdamW(encoder.parameters().trained(), recipe.adamW());
        try (Scope scope = Scope.open()) {
            this.lossSum = scope.keep(Tensors.zeros(DType.FLOAT64));
        }
    }

    /** The same draws as a probe's head of this seed. */
    private void drawHead(Encoder.HeadInit init) {
        headParameters.entries().forEach((name, entry) -> {
            try (Scope scope = Scope.open()) {
                float[] values = new float[Math.toIntExact(entry.tensor().count())];
                boolean weight = name.endsWith("weight");
                (weight ? init.weight() : init.bias())
                        .fill(values, SeededRandom.of(settings.seed(), weight ? "head/weight" : "head/bias"));
                entry.tensor().copyInPlace(Tensors.of(values, entry.tensor().shape()));
            }
        });
    }

    /**
     * Trains to the end, or from a checkpoint to the end, and tests the checkpoint that was best on validation.
     *
     * @param checkpoints where this run's state is kept while it lasts
     * @throws DivergedException if the loss is no longer finite
     */
    public static Fit run(
            Encoder encoder,
            ImageSet data,
            Settings settings,
            Recipe recipe,
            Checkpoints checkpoints,
            Progress progress)
            throws IOException {
        try (FineTune run = new FineTune(encoder, data, settings, recipe, BatchOrder.shuffled(settings.seed()))) {
            return run.train(checkpoints, progress);
        }
    }

    private Fit train(Checkpoints checkpoints, Progress progress) throws IOException {
        checkpoints.start(this);
        try (Progress.Bar bar = progress.begin("fine-tuning " + encoder.card().id(), schedule.iterations())) {
            bar.step(iteration);
            while (iteration < schedule.iterations()) {
                int epoch = iteration / schedule.batchesPerEpoch();
                int[] epochOrder = order.epoch(epoch, schedule.samples());
                do {
                    step(epochOrder);
                    if (!validationIsDue(epoch)) {
                        checkpoints.saveIfDue(this);
                    }
                    bar.step(1);
                } while (iteration % schedule.batchesPerEpoch() != 0);
                if (schedule.validatesAfter(epoch)) {
                    validate(epoch, checkpoints);
                }
            }
        }
        checkpoints.restoreBest(this);
        return new Fit(best, List.copyOf(curve), scores(Split.VAL), scores(Split.TEST), checkpoints.secondsSpent());
    }

    /** Whether an epoch is over and still to be validated: a run that went on from a checkpoint here would skip that. */
    private boolean validationIsDue(int epoch) {
        return iteration % schedule.batchesPerEpoch() == 0 && schedule.validatesAfter(epoch);
    }

    /** One step on the batch of this iteration; the loss stays on the device. */
    void step(int... epochOrder) {
        try (Scope scope = Scope.open()) {
            int start = iteration % schedule.batchesPerEpoch() * schedule.batch();
            int[] indices = new int[schedule.batch()];
            int[][] labels = new int[schedule.batch()][];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = data.trainIndices()[epochOrder[start + i]];
                labels[i] = data.labels().get(Split.TRAIN)[indices[i]];
            }
            Tensor images = data.preprocessing().batch(data.images().get(Split.TRAIN), indices);
            Tensor logits = head.forward(encoder.features(images, Mode.TRAIN));
            Tensor loss = objective.loss(logits, objective.targets(labels));
            List<Tensor> trained = new ArrayList<>(headParameters.trained());
            trained.addAll(encoder.parameters().trained());
            List<Tensor> gradients = Autograd.gradients(loss, trained);
            int headCount = headParameters.trained().size();
            headOptimiser.step(
                    gradients.subList(0, headCount), Schedule.headLearningRate(recipe, settings.headLr(), iteration));
            encoderOptimiser.step(gradients.subList(headCount, gradients.size()), settings.encoderLr());
            lossSum.addInPlace(loss.detach());
        }
        iteration++;
        stepsInSum++;
    }

    private void validate(int epoch, Checkpoints checkpoints) throws IOException {
        double loss = lossSum.item() / stepsInSum;
        if (!Double.isFinite(loss)) {
            throw new DivergedException(iteration, settings.encoderLr());
        }
        lossSum.zeroInPlace();
        stepsInSum = 0;
        double[][] scores = scores(Split.VAL);
        int[][] labels = data.labels().get(Split.VAL);
        CurvePoint point = new CurvePoint(
                epoch + 1,
                iteration,
                loss,
                Accuracy.of(data.task(), labels, scores),
                RocAuc.of(data.task(), labels, scores).value());
        curve.add(point);
        boolean better = best == null || point.valAccuracy() > best.valAccuracy();
        if (better) {
            best = point;
        }
        checkpoints.validated(this, better);
    }

    private double[][] scores(Split split) {
        Images images = data.images().get(split);
        double[][] scores = new double[images.count()][];
        for (int from = 0; from < scores.length; from += EVALUATION_BATCH) {
            int[] indices = FeatureExtractor.range(from, Math.min(scores.length, from + EVALUATION_BATCH));
            try (Scope scope = Scope.open()) {
                double[][] part = objective.scores(Autograd.off(
                        () -> head.forward(encoder.features(data.preprocessing().batch(images, indices), Mode.EVAL))));
                System.arraycopy(part, 0, scores, from, part.length);
            }
        }
        return scores;
    }

    // --- what a checkpoint keeps ---

    Encoder encoder() {
        return encoder;
    }

    Parameters headParameters() {
        return headParameters;
    }

    AdamW headOptimiser() {
        return headOptimiser;
    }

    AdamW encoderOptimiser() {
        return encoderOptimiser;
    }

    Tensor lossSum() {
        return lossSum;
    }

    Position position() {
        return new Position(iteration, stepsInSum, best, List.copyOf(curve));
    }

    void goOnFrom(Position position) {
        this.iteration = position.iteration();
        this.stepsInSum = position.stepsInSum();
        this.best = position.best();
        this.curve.clear();
        this.curve.addAll(position.curve());
    }

    /**
     * How far a run has come, but for its tensors.
     *
     * @param iteration steps done
     * @param stepsInSum steps whose losses are in the running sum
     * @param best the best validation so far; null before the first
     * @param curve every validation so far
     */
    record Position(int iteration, int stepsInSum, CurvePoint best, List<CurvePoint> curve) {}

    @Override
    public void close() {
        headOptimiser.close();
        encoderOptimiser.close();
        lossSum.close();
        headParameters.close();
    }
}

package org.osler.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.osler.data.Split;
import org.osler.encoder.Encoder;
import org.osler.metric.Accuracy;
import org.osler.metric.RocAuc;
import org.osler.nn.Parameters;
import org.osler.tensor.Adam;
import org.osler.tensor.DType;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/**
 * Trains a linear head with the encoder in the loop: both together, end to end, with an optimiser for each; or the head
 * alone while the encoder's batch-norm statistics drift to the data, see {@link Settings#headOnly}.
 */
public final class FineTune implements AutoCloseable {

    /**
     * What varies from one run to the next.
     *
     * @param seed decides the head's first values and the order of batches
     * @param headLr the head's learning rate at the start
     * @param encoderLr the encoder's learning rate at the start; empty: its parameters stay as they are
     */
    public record Settings(long seed, double headLr, OptionalDouble encoderLr) {

        /** Head and encoder are trained. */
        public static Settings endToEnd(long seed, double headLr, double encoderLr) {
            return new Settings(seed, headLr, OptionalDouble.of(encoderLr));
        }

        /**
         * Only the head is trained, on features that the encoder gives in training mode: batch norm uses each batch's own
         * statistics, and the running ones, which serve in validation and test, move towards them. Linear probing as Wu
         * and Papież 2025 and Doerrich et al. 2024 do it.
         */
        public static Settings headOnly(long seed, double headLr) {
            return new Settings(seed, headLr, OptionalDouble.empty());
        }
    }

    private final Encoder encoder;
    private final ImageSet data;
    private final Settings settings;
    private final Recipe recipe;
    private final BatchOrder order;
    private final Objective objective;
    private final Schedule schedule;
    private final LinearHead head;
    private final Adam headOptimiser;
    /** Null where the encoder is not trained. */
    private final Adam encoderOptimiser;

    private final Batches batches;
    private final BatchGradients gradients;
    private final Tensor lossSum;
    private final ValidationCurve curve;
    private int iteration;
    private int stepsInSum;

    /** Starts from the encoder's present values, which training changes. */
    FineTune(Encoder encoder, ImageSet data, Settings settings, Recipe recipe, BatchOrder order) {
        this.encoder = encoder;
        this.data = data;
        this.settings = settings;
        this.recipe = recipe;
        this.order = order;
        this.objective = new Objective(data.task(), data.classes(), recipe.binaryOutput());
        this.schedule = Schedule.of(recipe, data.trainIndices().length);
        this.head = new LinearHead(encoder, objective.logits(), settings.seed());
        this.headOptimiser =
                new Adam(head.parameters().trained(), recipe.optimiser().settings());
        if (trainsEncoder()) {
            encoder.parameters().requireGradients();
            this.encoderOptimiser =
                    new Adam(encoder.parameters().trained(), recipe.optimiser().settings());
        } else {
            this.encoderOptimiser = null;
        }
        this.batches = new Batches(data, encoder.parameters().device());
        this.gradients = new BatchGradients(encoder, data, batches, objective, head, trainsEncoder());
        this.curve = new ValidationCurve(recipe.validation());
        try (Scope scope = Scope.open()) {
            this.lossSum = scope.keep(
                    Tensors.zeros(DType.FLOAT64).to(encoder.parameters().device()));
        }
    }

    private boolean trainsEncoder() {
        return settings.encoderLr().isPresent();
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
        TrainedHead trained;
        try (Progress.Bar bar = progress.begin(what(), schedule.iterations())) {
            bar.before(iteration);
            validateIfDue(bar, checkpoints); // the checkpoint may lie between a step and its validation
            while (iteration < schedule.iterations() && !curve.stopped()) {
                int[] epochOrder = order.epoch(iteration / schedule.batchesPerEpoch(), schedule.samples());
                do {
                    step(epochOrder);
                    checkpoints.saveIfDue(this);
                    tell(bar, checkpoints);
                } while (iteration % schedule.batchesPerEpoch() != 0);
                validateIfDue(bar, checkpoints);
            }
            checkpoints.restoreBest(this); // told to stop from here on, it goes on from the last checkpoint there is
            trained = head.trained(logits(Split.VAL, bar), logits(Split.TEST, bar));
        }
        return new Fit(
                curve.best(),
                curve.points(),
                objective.scores(trained.valLogits()),
                objective.scores(trained.testLogits()),
                checkpoints.secondsSpent(),
                Optional.of(trained));
    }

    private String what() {
        return (trainsEncoder() ? "fine-tuning " : "probing with drift, ")
                + encoder.card().id();
    }

    /** A step is done; where the run is to stop, everything is saved first. */
    private void tell(Progress.Bar bar, Checkpoints checkpoints) throws IOException {
        try {
            bar.step(1);
        } catch (StoppedException e) {
            checkpoints.save(this);
            throw e;
        }
    }

    private void validateIfDue(Progress.Bar bar, Checkpoints checkpoints) throws IOException {
        int epoch = iteration / schedule.batchesPerEpoch() - 1; // the last one that is over
        boolean over = iteration > 0 && iteration % schedule.batchesPerEpoch() == 0;
        if (over && schedule.validatesAfter(epoch) && curve.lastIteration() < iteration) {
            validate(epoch, bar, checkpoints);
        }
    }

    /** One step on the batch of this iteration; the loss stays on the device. */
    void step(int... epochOrder) {
        try (Scope scope = Scope.open()) {
            int batchOfEpoch = iteration % schedule.batchesPerEpoch();
            int start = batchOfEpoch * schedule.batch();
            int[] indices = new int[schedule.imagesOf(batchOfEpoch)];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = data.trainIndices()[epochOrder[start + i]];
            }
            BatchGradients.Step step = gradients.of(indices);
            update(step.gradients());
            lossSum.addInPlace(step.loss());
        }
        iteration++;
        stepsInSum++;
    }

    private void update(List<Tensor> gradients) {
        int headCount = head.parameters().trained().size();
        double factor = schedule.learningRateFactor(iteration);
        headOptimiser.step(gradients.subList(0, headCount), settings.headLr() * factor);
        if (trainsEncoder()) {
            double rate = settings.encoderLr().getAsDouble() * (recipe.encoderFollows() ? factor : 1);
            encoderOptimiser.step(gradients.subList(headCount, gradients.size()), rate);
        }
    }

    private void validate(int epoch, Progress.Bar bar, Checkpoints checkpoints) throws IOException {
        double loss = lossSum.item() / stepsInSum;
        if (!Double.isFinite(loss)) {
            throw new DivergedException(iteration, settings.encoderLr().orElse(settings.headLr()));
        }
        double[][] logits = valLogits(bar, checkpoints);
        lossSum.zeroInPlace();
        stepsInSum = 0;
        double[][] scores = objective.scores(logits);
        int[][] labels = data.labels().get(Split.VAL);
        boolean better = curve.add(new CurvePoint(
                epoch + 1,
                iteration,
                loss,
                Accuracy.of(data.task(), labels, scores),
                RocAuc.of(data.task(), labels, scores).value(),
                objective.loss(logits, labels)));
        checkpoints.validated(this, better);
    }

    /** Where the run is to stop, everything is saved as it was before this validation. */
    private double[][] valLogits(Progress.Bar bar, Checkpoints checkpoints) throws IOException {
        try {
            return logits(Split.VAL, bar);
        } catch (StoppedException e) {
            checkpoints.save(this);
            throw e;
        }
    }

    double[][] logits(Split split, Progress.Bar bar) throws IOException {
        return new EvaluationPass(encoder, head, batches, objective).logits(split, bar);
    }

    // --- what a checkpoint keeps ---

    /** What changes from step to step, by name: the head, and of the encoder all or its running statistics. */
    Map<String, Tensor> changing() {
        Map<String, Tensor> changing = new LinkedHashMap<>();
        encoder.parameters().entries().forEach((name, entry) -> {
            if (trainsEncoder() || !entry.trained()) {
                changing.put("encoder/" + name, entry.tensor());
            }
        });
        head.parameters().entries().forEach((name, entry) -> changing.put("head/" + name, entry.tensor()));
        return changing;
    }

    /** The optimisers by name. */
    Map<String, Adam> optimisers() {
        Map<String, Adam> optimisers = new LinkedHashMap<>();
        if (trainsEncoder()) {
            optimisers.put("encoder-adamw/", encoderOptimiser);
        }
        optimisers.put("head-adamw/", headOptimiser);
        return optimisers;
    }

    Parameters headParameters() {
        return head.parameters();
    }

    Tensor lossSum() {
        return lossSum;
    }

    Position position() {
        return new Position(iteration, stepsInSum, curve.points(), gradients.most());
    }

    /** The best validation so far; null before the first. */
    CurvePoint best() {
        return curve.best();
    }

    void goOnFrom(Position position) {
        this.iteration = position.iteration();
        this.stepsInSum = position.stepsInSum();
        curve.restore(position.curve());
        if (position.most() > 0) {
            gradients.most(position.most());
        }
    }

    /**
     * How far a run has come, but for its tensors.
     *
     * @param iteration steps done
     * @param stepsInSum steps whose losses are in the running sum
     * @param curve every validation so far
     * @param most images that are taken at once; 0 in checkpoints from before there was such a limit
     */
    record Position(int iteration, int stepsInSum, List<CurvePoint> curve, int most) {}

    @Override
    public void close() {
        optimisers().values().forEach(Adam::close);
        lossSum.close();
        head.close();
        batches.close();
    }
}

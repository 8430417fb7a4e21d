package org.osler.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.osler.data.Split;
import org.osler.encoder.Encoder.HeadInit;
import org.osler.metric.Accuracy;
import org.osler.metric.RocAuc;
import org.osler.tensor.DType;
import org.osler.tensor.Placement;
import org.osler.tensor.Scope;
import org.osler.tensor.Tensor;
import org.osler.tensor.Tensors;

/** Trains linear heads on features that stay in memory, all seeds and learning rates at once. */
public final class LinearProbe {

    /**
     * One head to train.
     *
     * @param seed decides its first values and the order of batches
     * @param learningRate its learning rate at the start
     */
    public record Head(long seed, double learningRate) {}

    private final FeatureSet data;
    private final List<Head> heads;
    private final HeadInit init;
    private final Recipe recipe;
    private final LongFunction<BatchOrder> orders;
    private final Objective objective;
    private final Schedule schedule;
    private final List<ValidationCurve> curves = new ArrayList<>();

    /** Whose batches there are: those of the first heads; further ones, if any, share them in the same order. */
    private final List<Long> seeds;

    LinearProbe(FeatureSet data, List<Head> heads, HeadInit init, Recipe recipe, LongFunction<BatchOrder> orders) {
        this.data = data;
        this.heads = List.copyOf(heads);
        this.init = init;
        this.recipe = recipe;
        this.orders = orders;
        this.objective = new Objective(data.task(), data.classes(), recipe.binaryOutput());
        this.schedule = Schedule.of(recipe, data.labels().get(Split.TRAIN).length);
        List<Long> all = heads.stream().map(Head::seed).toList();
        this.seeds = HeadGroup.sharesBatches(objective) ? shared(all) : all;
        heads.forEach(head -> curves.add(new ValidationCurve(recipe.validation())));
    }

    /** The seeds of the heads without what only repeats them all, as further learning rates do: 0 1 2 0 1 2 is 0 1 2. */
    private static List<Long> shared(List<Long> seeds) {
        int distinct = (int) seeds.stream().distinct().count();
        boolean repeats = seeds.size() % distinct == 0
                && IntStream.range(distinct, seeds.size())
                        .allMatch(h -> seeds.get(h).equals(seeds.get(h % distinct)));
        return repeats ? seeds.subList(0, distinct) : seeds;
    }

    /**
     * Trains the heads and returns their fits in the same order. A fit's seconds are its share of the common time.
     *
     * @throws DivergedException if a head's loss is no longer finite
     */
    public static List<Fit> run(FeatureSet data, List<Head> heads, HeadInit init, Recipe recipe, Progress progress) {
        return new LinearProbe(data, heads, init, recipe, BatchOrder::shuffled).train(progress);
    }

    List<Fit> train(Progress progress) {
        long start = System.nanoTime();
        int dimensions = data.dimensions();
        try (Scope scope = Scope.open();
                HeadGroup group = new HeadGroup(objective, dimensions, heads, init, recipe, data.device());
                HeadGroup kept = new HeadGroup(objective, dimensions, heads, init, recipe, data.device());
                Progress.Bar bar = progress.begin("linear probing", schedule.iterations())) {
            Tensor targets = objective.targets(data.labels().get(Split.TRAIN)).to(data.device());
            Tensor losses = Tensors.zeros(DType.FLOAT32, heads.size()).to(data.device());
            int sinceValidation = 0;
            for (int epoch = 0; epoch < schedule.epochs() && !allStopped(); epoch++) {
                trainEpoch(group, targets, epoch, losses);
                sinceValidation += schedule.batchesPerEpoch();
                bar.step(schedule.batchesPerEpoch());
                if (schedule.validatesAfter(epoch)) {
                    validate(group, kept, epoch, losses, sinceValidation);
                    losses.zeroInPlace();
                    sinceValidation = 0;
                }
            }
            return fits(kept, (System.nanoTime() - start) / 1e9 / heads.size());
        }
    }

    /** Heads that have stopped are trained on until all have; nothing more is heard of them. */
    private boolean allStopped() {
        return curves.stream().allMatch(ValidationCurve::stopped);
    }

    private void trainEpoch(HeadGroup group, Tensor targets, int epoch, Tensor losses) {
        Tensor features = data.features().get(Split.TRAIN);
        try (Scope epochScope = Scope.open()) {
            Tensor order = order(epoch);
            for (int i = 0; i < schedule.batchesPerEpoch(); i++) {
                try (Scope step = Scope.open()) {
                    int batch = schedule.imagesOf(i);
                    Tensor index =
                            order.narrow(1, (long) i * schedule.batch(), batch).reshape((long) seeds.size() * batch);
                    Tensor x = features.indexSelect(0, index).view(seeds.size(), batch, -1);
                    Tensor y = targets.indexSelect(0, index).view(seeds.size(), batch, -1);
                    double factor = schedule.learningRateFactor(epoch * schedule.batchesPerEpoch() + i);
                    losses.addInPlace(group.step(x, y, factor));
                }
            }
        }
    }

    /** The order of an epoch for each of {@link #seeds}, int64 [S, images]. */
    private Tensor order(int epoch) {
        int length = schedule.imagesPerEpoch();
        Map<Long, int[]> bySeed = new LinkedHashMap<>();
        long[] all = new long[seeds.size() * length];
        for (int s = 0; s < seeds.size(); s++) {
            int[] order = bySeed.computeIfAbsent(
                    seeds.get(s), seed -> orders.apply(seed).epoch(epoch, schedule.samples()));
            for (int i = 0; i < length; i++) {
                all[s * length + i] = order[i];
            }
        }
        return Placement.send(Tensors.of(all, seeds.size(), length), data.device());
    }

    private void validate(HeadGroup group, HeadGroup kept, int epoch, Tensor losses, int steps) {
        float[] sums = losses.toFloats();
        int iteration = (epoch + 1) * schedule.batchesPerEpoch();
        int[][] labels = data.labels().get(Split.VAL);
        for (int h = 0; h < heads.size(); h++) {
            if (curves.get(h).stopped()) {
                continue;
            }
            double loss = sums[h] / (double) steps;
            if (!Double.isFinite(loss)) {
                throw new DivergedException(iteration, heads.get(h).learningRate());
            }
            double[][] logits = logits(group, h, Split.VAL);
            double[][] scores = objective.scores(logits);
            boolean better = curves.get(h)
                    .add(new CurvePoint(
                            epoch + 1,
                            iteration,
                            loss,
                            Accuracy.of(data.task(), labels, scores),
                            RocAuc.of(data.task(), labels, scores).value(),
                            objective.loss(logits, labels)));
            if (better) {
                try (Scope scope = Scope.open()) {
                    group.copyTo(kept, h);
                }
            }
        }
    }

    private double[][] logits(HeadGroup group, int head, Split split) {
        try (Scope scope = Scope.open()) {
            return objective.rows(group.logits(head, data.features().get(split)));
        }
    }

    private List<Fit> fits(HeadGroup kept, double seconds) {
        List<Fit> fits = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            TrainedHead head = new TrainedHead(
                    data.dimensions(),
                    kept.weight(h),
                    kept.bias(h),
                    logits(kept, h, Split.VAL),
                    logits(kept, h, Split.TEST));
            fits.add(new Fit(
                    curves.get(h).best(),
                    curves.get(h).points(),
                    objective.scores(head.valLogits()),
                    objective.scores(head.testLogits()),
                    seconds,
                    Optional.of(head)));
        }
        return fits;
    }
}

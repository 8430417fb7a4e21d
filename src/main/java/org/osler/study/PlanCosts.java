package org.osler.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osler.data.DatasetSize;
import org.osler.data.Split;
import org.osler.encoder.Architecture;
import org.osler.train.Effort;
import org.osler.train.HeadSpeed;
import org.osler.train.Throughput;

/** Reckons what pieces of work cost at given speeds. */
final class PlanCosts {

    /** A training step is a forward pass and gradients of activations and of weights, each of as many operations. */
    private static final int FORWARD = 3;

    /** Multiplications with addition a second, and speeds of heads, that stand for "about that of some machine". */
    private static final double SOME_SPEED = 1e11;

    private static final HeadSpeed SOME_HEADS = new HeadSpeed(1e-7, 1e-11);

    private final Study study;
    private final DatasetSizes sizes;
    private final SpeedTable speeds;
    private final HeadSpeed heads;

    PlanCosts(Study study, SpeedTable speeds, HeadSpeed heads) {
        this.study = study;
        this.sizes = new DatasetSizes(study);
        this.speeds = speeds;
        this.heads = heads;
    }

    /** Costs on a machine of no matter which speed: how much work each trial is beside others of its kind. */
    static PlanCosts relative(Study study) {
        Architecture any = study.encoders().get(0).card().architecture();
        var key = new SpeedTable.Key(any.name(), any.input(), Throughput.Mode.INFER, study.precision());
        var speeds = new SpeedTable("operations");
        speeds.put(key, SOME_SPEED / key.work());
        return new PlanCosts(study, speeds, SOME_HEADS);
    }

    /** Seconds of the encoder pass that a trial on features needs. */
    double passSeconds(Trial trial) {
        return sizes.of(trial).images() / speed(trial, Throughput.Mode.INFER);
    }

    /**
     * The lines of a piece of work: the encoder pass first, if it needs one, then each strategy.
     *
     * @param passed whether the encoder pass has been made before
     */
    List<PlanCost.Line> lines(List<Trial> piece, boolean passed) {
        Trial any = piece.get(0);
        List<PlanCost.Line> lines = new ArrayList<>();
        if (any.strategy().onFeatures() && !passed) {
            lines.add(new PlanCost.Line(
                    PlanCost.Kind.FEATURES, any.dataset(), any.encoder(), "features", 0, 1, 0, passSeconds(any)));
        }
        Map<String, List<Trial>> byStrategy = new LinkedHashMap<>();
        piece.forEach(trial -> byStrategy
                .computeIfAbsent(name(trial.strategy()), name -> new ArrayList<>())
                .add(trial));
        byStrategy.forEach((name, trials) -> lines.add(new PlanCost.Line(
                any.strategy().onFeatures() ? PlanCost.Kind.HEADS : PlanCost.Kind.ENCODER,
                any.dataset(),
                any.encoder(),
                name,
                trials.size(),
                0,
                trials.stream().mapToLong(this::iterations).sum(),
                trials.stream().mapToDouble(this::seconds).sum())));
        return lines;
    }

    private static String name(Strategy strategy) {
        boolean drifts = strategy instanceof Strategy.LinearProbe probe && probe.drifts();
        return drifts ? strategy.id() + ", drift" : strategy.id();
    }

    private long iterations(Trial trial) {
        return trial.strategy() instanceof Strategy.NearestNeighbours
                ? 0
                : sizes.effort(trial).iterations();
    }

    /** Seconds of a trial, without the encoder pass that its features may need. */
    double seconds(Trial trial) {
        DatasetSize size = sizes.of(trial);
        int features = study.encoder(trial).card().features();
        double evaluated = (double) size.counts().get(Split.VAL) + size.counts().get(Split.TEST);
        if (trial.strategy() instanceof Strategy.NearestNeighbours) {
            return heads.pair() * features * sizes.trainingImages(trial) * evaluated;
        }
        Effort effort = sizes.effort(trial);
        if (trial.strategy().onFeatures()) {
            return heads.headStep() * features * effort.iterations();
        }
        double step = 1 / speed(trial, Throughput.Mode.TRAIN);
        double forward = step / FORWARD;
        double validated = (double) effort.validations() * size.counts().get(Split.VAL);
        boolean trains = trial.strategy() instanceof Strategy.FineTune;
        return effort.images() * (trains ? step : forward) + (validated + evaluated) * forward;
    }

    private double speed(Trial trial, Throughput.Mode mode) {
        return speeds.of(PlanCost.key(study, trial, mode)).imagesPerSecond();
    }
}

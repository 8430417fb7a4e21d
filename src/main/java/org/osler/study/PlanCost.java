package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osler.encoder.EncoderCard;
import org.osler.tensor.Libtorch;
import org.osler.train.Progress;
import org.osler.train.Throughput;
import org.osler.weights.Home;

/**
 * What is left of a study costs, as well as can be told before it starts. Times cover encoder passes, heads, neighbours
 * and fine-tuning with its validations; not downloads, unpacking, the report.
 *
 * @param lines the parts in the order of work
 * @param origin where the speeds come from, for people
 * @param speeds each encoder's speeds
 * @param space disk and memory
 */
public record PlanCost(List<Line> lines, String origin, List<EncoderSpeed> speeds, PlanSpace space) {

    /** What a line is made of. */
    public enum Kind {
        /** Passes of a frozen encoder, whose features trials of other lines work on. */
        FEATURES,
        /** Heads and neighbours, on features. */
        HEADS,
        /** Trials that run the encoder at every step. */
        ENCODER
    }

    public PlanCost {
        lines = List.copyOf(lines);
        speeds = List.copyOf(speeds);
    }

    /**
     * One strategy on one dataset with one encoder, or the encoder passes that it needs.
     *
     * @param kind what it is made of
     * @param strategy what the strategy is called, or {@code features}
     * @param trials how many trials are left of it; 0 for passes
     * @param passes how many encoder passes that are
     * @param iterations optimiser steps
     * @param seconds how long it takes
     */
    public record Line(
            Kind kind,
            String dataset,
            String encoder,
            String strategy,
            int trials,
            int passes,
            long iterations,
            double seconds) {}

    /**
     * How fast an encoder is taken to be.
     *
     * @param mode features or training
     * @param imagesPerSecond images a second
     * @param scaledFrom whose speed was scaled for it; empty: its own
     */
    public record EncoderSpeed(
            String encoder, int input, Throughput.Mode mode, double imagesPerSecond, Optional<String> scaledFrom) {}

    /**
     * Tells what a study costs.
     *
     * @param done which trials have their result
     * @param throughput a file with speeds of another machine; empty: this one's are measured, in seconds
     * @throws org.osler.InputException if that file is not fit, or a dataset's file is broken
     */
    public static PlanCost of(
            Study study, Plan plan, Predicate<Trial> done, Optional<Path> throughput, Home home, Progress progress)
            throws IOException {
        study.threads().ifPresent(Libtorch::threads);
        MachineSpeeds machine = MachineSpeeds.of(home);
        List<List<Trial>> left = WorkOrder.of(study, plan).stream()
                .map(piece -> piece.stream().filter(done.negate()).toList())
                .filter(piece -> !piece.isEmpty())
                .toList();
        Set<SpeedTable.Key> wanted = new LinkedHashSet<>();
        left.forEach(piece -> wanted.addAll(keys(study, piece)));
        SpeedTable table =
                throughput.isPresent() ? ThroughputFile.read(throughput.get()) : machine.table(wanted, progress);
        var costs = new PlanCosts(study, table, machine.heads());
        List<Line> lines = new ArrayList<>();
        left.forEach(piece -> lines.addAll(costs.lines(piece)));
        return new PlanCost(lines, table.origin(), speeds(study, left, table), PlanSpace.of(study, left));
    }

    private static List<EncoderSpeed> speeds(Study study, List<List<Trial>> left, SpeedTable table) {
        Set<EncoderSpeed> speeds = new LinkedHashSet<>();
        for (List<Trial> piece : left) {
            for (SpeedTable.Key key : keys(study, piece)) {
                SpeedTable.Speed speed = table.of(key);
                speeds.add(new EncoderSpeed(
                        piece.get(0).encoder(), key.input(), key.mode(), speed.imagesPerSecond(), speed.scaledFrom()));
            }
        }
        return List.copyOf(speeds);
    }

    private static List<SpeedTable.Key> keys(Study study, List<Trial> piece) {
        Throughput.Mode mode = piece.get(0).strategy().onFeatures() ? Throughput.Mode.INFER : Throughput.Mode.TRAIN;
        return List.of(key(study, piece.get(0), mode));
    }

    static SpeedTable.Key key(Study study, Trial trial, Throughput.Mode mode) {
        EncoderCard card = study.encoder(trial).card();
        return new SpeedTable.Key(card.architecture().name(), trial.input(), mode, trial.precision());
    }

    /** Seconds in all. */
    public double seconds() {
        return lines.stream().mapToDouble(Line::seconds).sum();
    }
}

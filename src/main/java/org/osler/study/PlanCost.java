package org.osler.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osler.encoder.EncoderCard;
import org.osler.tensor.Device;
import org.osler.tensor.Libtorch;
import org.osler.train.HeadSpeed;
import org.osler.train.Progress;
import org.osler.train.Throughput;
import org.osler.weights.Home;

/**
 * What is left of a study costs, as well as can be told before it starts. Times cover encoder passes, heads, neighbours
 * and fine-tuning with its validations; not downloads, unpacking, the report.
 *
 * @param lines the parts in the order of work
 * @param passesAtHand encoder passes that are not among them, for their features are there
 * @param origin where the speeds come from, for people
 * @param disturbance what disturbed the measurement of these speeds, so that they were not kept; empty: nothing
 * @param speeds each encoder's speeds
 * @param space disk and memory
 */
public record PlanCost(
        List<Line> lines,
        int passesAtHand,
        String origin,
        Optional<String> disturbance,
        List<EncoderSpeed> speeds,
        PlanSpace space) {

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
     * @param postponed whether only for want of time; the next plan goes on measuring
     */
    public record EncoderSpeed(
            String encoder,
            int input,
            Throughput.Mode mode,
            double imagesPerSecond,
            Optional<String> scaledFrom,
            boolean postponed) {}

    /** Whose speeds a plan is reckoned with. */
    public sealed interface SpeedSource {

        /**
         * This machine's, which are measured, in seconds, where they are not known.
         *
         * @param again whether known ones are measured, too
         */
        record ThisMachine(boolean again) implements SpeedSource {}

        /**
         * Another machine's.
         *
         * @param file as {@code docs/planning.md} describes it
         */
        record GivenSpeeds(Path file) implements SpeedSource {}
    }

    /**
     * Tells what a study costs.
     *
     * @param done which trials have their result
     * @throws org.osler.InputException if a file of speeds is not fit, or a dataset's file is broken
     */
    public static PlanCost of(
            Study study, Plan plan, Predicate<Trial> done, SpeedSource source, Home home, Progress progress)
            throws IOException {
        study.threads().ifPresent(Libtorch::threads);
        List<List<Trial>> left = WorkOrder.of(study, plan).stream()
                .map(piece -> piece.stream().filter(done.negate()).toList())
                .filter(piece -> !piece.isEmpty())
                .toList();
        Set<List<Trial>> passed = passed(study, left, home);
        List<List<Trial>> encoded =
                left.stream().filter(piece -> !passed.contains(piece)).toList();
        MachineSpeeds.Speeds speeds = speeds(study, encoded, source, home, progress);
        var costs = new PlanCosts(study, speeds.encoders(), speeds.heads());
        List<Line> lines = new ArrayList<>();
        left.forEach(piece -> lines.addAll(costs.lines(piece, passed.contains(piece))));
        return new PlanCost(
                lines,
                passed.size(),
                speeds.encoders().origin(),
                speeds.disturbance(),
                speeds(study, encoded, speeds.encoders()),
                PlanSpace.of(study, left, passed));
    }

    /** The pieces whose features are there. */
    private static Set<List<Trial>> passed(Study study, List<List<Trial>> pieces, Home home) throws IOException {
        var features = new FeaturesAtHand(study, home);
        Set<List<Trial>> passed = new HashSet<>();
        for (List<Trial> piece : pieces) {
            if (piece.get(0).strategy().onFeatures() && features.has(piece.get(0))) {
                passed.add(piece);
            }
        }
        return passed;
    }

    private static MachineSpeeds.Speeds speeds(
            Study study, List<List<Trial>> pieces, SpeedSource source, Home home, Progress progress)
            throws IOException {
        // With given speeds only work on features is measured, which no card does.
        Device device = source instanceof SpeedSource.GivenSpeeds
                ? Device.CPU
                : study.device().device();
        var machine = new MachineSpeeds(SpeedMemory.of(home, device), new MachineMeter(device), device);
        Set<SpeedTable.Key> wanted = new LinkedHashSet<>();
        pieces.forEach(piece -> wanted.add(key(study, piece)));
        if (source instanceof SpeedSource.GivenSpeeds given) {
            SpeedTable table = ThroughputFile.read(given.file());
            wanted.forEach(table::requireUseOf);
            HeadSpeed heads = machine.of(Set.of(), false, progress).heads();
            return new MachineSpeeds.Speeds(table, heads, Optional.empty());
        }
        return machine.of(wanted, source instanceof SpeedSource.ThisMachine here && here.again(), progress);
    }

    private static List<EncoderSpeed> speeds(Study study, List<List<Trial>> pieces, SpeedTable table) {
        Set<EncoderSpeed> speeds = new LinkedHashSet<>();
        for (List<Trial> piece : pieces) {
            SpeedTable.Key key = key(study, piece);
            SpeedTable.Speed speed = table.of(key);
            speeds.add(new EncoderSpeed(
                    piece.get(0).encoder(),
                    key.input(),
                    key.mode(),
                    speed.imagesPerSecond(),
                    speed.scaledFrom(),
                    speed.postponed()));
        }
        return List.copyOf(speeds);
    }

    private static SpeedTable.Key key(Study study, List<Trial> piece) {
        Throughput.Mode mode = piece.get(0).strategy().onFeatures() ? Throughput.Mode.INFER : Throughput.Mode.TRAIN;
        return key(study, piece.get(0), mode);
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
